using System.Runtime.InteropServices;
using Tsdb.Encoding.Gorilla;

namespace Tsdb.Storage.Memtable;

/// <summary>All that appending to a series touches besides the chunk's bytes: one cache line of native memory.</summary>
/// <remarks>Written by the shard's writer only; readers look at <see cref="Published"/> alone.</remarks>
[StructLayout(LayoutKind.Explicit, Size = SizeBytes)]
internal struct SeriesHot
{
    /// <summary>One cache line.</summary>
    public const int SizeBytes = 64;

    /// <summary>The encoder's state in the open chunk: 40 bytes.</summary>
    [FieldOffset(0)]
    public GorillaState Encoder;

    /// <summary>What readers may see of the open chunk, as <see cref="PublishedCount"/>; 0 while the series has no sample.</summary>
    [FieldOffset(40)]
    public ulong Published;

    /// <summary>The last instant of the open chunk's time window.</summary>
    [FieldOffset(48)]
    public long WindowEndNs;

    /// <summary>The block of the open chunk.</summary>
    [FieldOffset(56)]
    public uint Block;

    /// <summary>The size class of that block.</summary>
    [FieldOffset(60)]
    public byte SizeClass;

    /// <summary>True when a leaf holds another value for the time of the newest sample.</summary>
    [FieldOffset(61)]
    public bool IsNewestOverwritten;
}
