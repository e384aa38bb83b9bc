using Tsdb.Model.Time;

namespace Tsdb.Storage.Memtable;

/// <summary>What a node says of its samples, in 64 bits, so that it changes in one store.</summary>
/// <remarks>
/// Bits, least significant first:
/// <code>
///  0..31   block with the samples        32..39  samples; 0 = chunk still open, its count is in the series' hot line
///  40..55  bytes of them                 56..58  size class of the block
///  59..60  time unit                     61      kind
/// </code>
/// </remarks>
internal readonly record struct ChunkState(ulong Bits)
{
    private const int CountShift = 32;
    private const int LengthShift = 40;
    private const int ClassShift = 56;
    private const int UnitShift = 59;
    private const int KindShift = 61;

    /// <summary>Packs a state.</summary>
    public ChunkState(NodeKind kind, TimeUnit unit, uint block, int sizeClass, int count, int lengthBytes)
        : this(((ulong)kind << KindShift) | ((ulong)unit << UnitShift) | ((ulong)sizeClass << ClassShift)
              | ((ulong)lengthBytes << LengthShift) | ((ulong)count << CountShift) | block)
    {
    }

    /// <summary>What kind of samples they are; never changes for a node.</summary>
    public NodeKind Kind => (NodeKind)(Bits >> KindShift);

    /// <summary>The unit of a chunk's timestamps.</summary>
    public TimeUnit Unit => (TimeUnit)((Bits >> UnitShift) & 3);

    /// <summary>Where the samples lie.</summary>
    public uint Block => (uint)Bits;

    /// <summary>How large the block is.</summary>
    public int SizeClass => (int)(Bits >> ClassShift) & 7;

    /// <summary>How many samples there are; 0 in an open chunk.</summary>
    public int Count => (byte)(Bits >> CountShift);

    /// <summary>How many bytes they take; 0 in an open chunk.</summary>
    public int LengthBytes => (ushort)(Bits >> LengthShift);

    /// <summary>True while the chunk takes samples.</summary>
    public bool IsOpen => Count == 0;
}
