namespace Tsdb.Storage.Memtable;

/// <summary>How much of which open chunk readers may see, in 64 bits, so that it changes in one store.</summary>
/// <remarks>Bits, least significant first: 0..31 node, 32..39 samples (at least 1), 40..55 bytes they take.</remarks>
internal readonly record struct PublishedCount(ulong Bits)
{
    private const int CountShift = 32;
    private const int LengthShift = 40;

    /// <summary>Packs a count.</summary>
    public PublishedCount(uint node, int count, int lengthBytes)
        : this(((ulong)lengthBytes << LengthShift) | ((ulong)count << CountShift) | node)
    {
    }

    /// <summary>The chunk's node; 0 when there is no chunk.</summary>
    public uint Node => (uint)Bits;

    /// <summary>Samples that may be decoded.</summary>
    public int Count => (byte)(Bits >> CountShift);

    /// <summary>Bytes they take.</summary>
    public int LengthBytes => (ushort)(Bits >> LengthShift);
}
