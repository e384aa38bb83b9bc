namespace Tsdb.Encoding;

/// <summary>How a chunk's samples are encoded. One byte in every chunk's frame: values never change meaning.</summary>
/// <remarks>From 2 to 6 a chunk holds values alone, and its timestamps are a column of their own that other chunks may share: sealed blocks.</remarks>
public enum ChunkCodec : byte
{
    /// <summary>Timestamp and value of each sample as 8 bytes each, little-endian: out-of-order leaves and the fallback.</summary>
    Raw = 0,

    /// <summary>Delta-of-delta timestamps and XOR values; any double, bit for bit.</summary>
    Gorilla = 1,

    /// <summary>Values in equal steps, a constant among them.</summary>
    Arithmetic = 2,

    /// <summary>Values in equal steps but for some: where, and by how much.</summary>
    Runs = 3,

    /// <summary>Decimals as integers, their residuals Huffman-coded with a codebook of the block.</summary>
    DecimalHuffman = 4,

    /// <summary>Integers, their residuals in packed frames of 128.</summary>
    DecimalFrames = 5,

    /// <summary>Doubles as the integers their bits are: the high part Huffman-coded, the low part raw.</summary>
    SplitDoubles = 6,

    /// <summary>Values of any bytes, not looked into: native histograms.</summary>
    Opaque = 7,
}
