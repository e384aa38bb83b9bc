namespace Tsdb.Encoding;

/// <summary>How a chunk's samples are encoded. One byte in every chunk's frame: values never change meaning; 2 to 6 are kept for sealed blocks.</summary>
public enum ChunkCodec : byte
{
    /// <summary>Timestamp and value of each sample as 8 bytes each, little-endian: out-of-order leaves and the fallback.</summary>
    Raw = 0,

    /// <summary>Delta-of-delta timestamps and XOR values; any double, bit for bit.</summary>
    Gorilla = 1,
}
