using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tsdb.Storage.Memtable;

/// <summary>A node of the skip list in native memory: one chunk or leaf, its key, and as many links as the node is high.</summary>
/// <remarks>
/// 28 bytes and 4 for each link. Key and height never change. Everything but links and state is written before the node is linked, or as said
/// at the field.
/// </remarks>
[StructLayout(LayoutKind.Explicit)]
internal unsafe struct ChunkNode
{
    /// <summary>In a chunk: its last timestamp, written before the state that closes it. Unused in a leaf.</summary>
    [FieldOffset(0)]
    public long LastTimeNs;

    /// <summary>In a leaf: the chunk of its series that starts before it, 0 when there is none. Unused in a chunk.</summary>
    [FieldOffset(0)]
    public uint ChunkBefore;

    /// <summary>Second part of the key: no sample in the node is older.</summary>
    [FieldOffset(8)]
    public long StartNs;

    [FieldOffset(16)]
    private ulong _state;

    /// <summary>First part of the key: the series' slot.</summary>
    [FieldOffset(24)]
    public uint Series;

    private const int LinksOffset = 28;

    /// <summary>The bytes of a node.</summary>
    public static int BytesOf(int height) => LinksOffset + (height * sizeof(uint));

    /// <summary>What the node says of its samples. Reading it makes visible all that was written before it was set.</summary>
    public ChunkState State
    {
        readonly get => new(Volatile.Read(in _state));
        set => Volatile.Write(ref _state, value.Bits);
    }

    /// <summary>The link at <paramref name="level"/>, which must be below the node's height. Readable by any thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Next(ChunkNode* node, int level) => Volatile.Read(ref Links(node)[level]);

    /// <summary>Sets a link, showing the node it leads to, and all written before, to readers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetNext(ChunkNode* node, int level, uint next) => Volatile.Write(ref Links(node)[level], next);

    /// <summary>Says whether the node's key sorts before (<paramref name="series"/>, <paramref name="startNs"/>, <paramref name="kind"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBefore(ChunkNode* node, uint series, long startNs, NodeKind kind)
    {
        if (node->Series != series)
        {
            return node->Series < series;
        }

        return node->StartNs != startNs ? node->StartNs < startNs : node->State.Kind < kind;
    }

    private static uint* Links(ChunkNode* node) => (uint*)((byte*)node + LinksOffset);
}
