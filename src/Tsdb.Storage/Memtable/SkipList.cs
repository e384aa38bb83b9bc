using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tsdb.Storage.Memtable;

/// <summary>
/// The chunks and leaves of a shard in order of series, start and kind: a skip list (Pugh, CACM 1990) with p = 1/4, in native memory.
/// </summary>
/// <remarks>
/// One writer inserts; any number of readers search and walk without a lock. A node is linked from the bottom level up, each link a release
/// store, so a reader that meets a node finds it whole; nodes are never removed. Insertion starts from a <see cref="Finger"/>, which remembers
/// where the last one took place: writers sweep the series in a stable order, so the next place is nearly always close by.
/// </remarks>
internal sealed unsafe class SkipList
{
    /// <summary>The most levels; good for 16 million nodes.</summary>
    public const int MaxHeight = 12;

    private const int Alignment = 8;

    private readonly NativeArena _arena;
    private readonly uint _head; // before every key; its own key is never looked at
    private NativeArena.Cursor _cursor;
    private uint _random = 0x9E37_79B9; // heights need only be spread, the same in each run
    private int _height = 1; // links in use; readers may see an older value and merely walk more

    /// <summary>Begins an empty list in <paramref name="arena"/>.</summary>
    public SkipList(NativeArena arena)
    {
        _arena = arena;
        _head = Allocate(MaxHeight);
        for (int level = 0; level < MaxHeight; level++)
        {
            ChunkNode.SetNext(At(_head), level, 0);
        }
    }

    /// <summary>The node at an offset, which must not be 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ChunkNode* At(uint node) => (ChunkNode*)_arena.At(node);

    /// <summary>The node after <paramref name="node"/>, or the first of the list after 0; 0 at the end.</summary>
    public uint After(uint node) => ChunkNode.Next(At(node == 0 ? _head : node), 0);

    /// <summary>The last node whose key is not after the given one; 0 when there is none.</summary>
    public uint Floor(uint series, long startNs, NodeKind kind)
    {
        ChunkNode* node = At(_head);
        uint offset = 0;
        for (int level = Volatile.Read(ref _height) - 1; level >= 0; level--)
        {
            uint next = ChunkNode.Next(node, level);
            while (next != 0 && !IsAfter(At(next), series, startNs, kind))
            {
                offset = next;
                node = At(next);
                next = ChunkNode.Next(node, level);
            }
        }

        return offset;
    }

    /// <summary>Takes memory for a node of random height, which its caller fills in and then links. Writer only.</summary>
    public uint AllocateNode(out int height)
    {
        _random ^= _random << 13;
        _random ^= _random >> 17;
        _random ^= _random << 5;
        height = Math.Min(1 + (BitOperations.TrailingZeroCount(_random) / 2), MaxHeight);
        return Allocate(height);
    }

    /// <summary>Moves a finger to the place of a key and returns the node there, or else the one before it; 0 when there is none. Writer only.</summary>
    public uint MoveTo(Finger finger, uint series, long startNs, NodeKind kind)
    {
        Span<uint> before = finger.Before;

        // Up to the first level on which the key lies between two neighbours, or to the top.
        int level = 0;
        while (level < _height && !IsBetween(before[level], level, series, startNs, kind))
        {
            level++;
        }

        uint node = _head;
        if (level < _height)
        {
            node = before[level];
        }

        for (level = Math.Min(level, _height - 1); level >= 0; level--)
        {
            node = WalkTo(node, level, series, startNs, kind);
            before[level] = node;
        }

        uint next = ChunkNode.Next(At(node), 0);
        if (next != 0 && !IsAfter(At(next), series, startNs, kind))
        {
            return next;
        }

        return node == _head ? 0 : node;
    }

    /// <summary>
    /// Links a node whose key is in no other at the place of its key, to which the finger has been moved; the finger then stands at the node.
    /// Writer only.
    /// </summary>
    public void Link(Finger finger, uint node, int height)
    {
        ChunkNode* linked = At(node);
        (uint series, long startNs, NodeKind kind) = (linked->Series, linked->StartNs, linked->State.Kind);
        if (height > _height)
        {
            Volatile.Write(ref _height, height); // a finger stands at the head on levels that were never in use
        }

        for (int level = 0; level < height; level++)
        {
            // Levels above the one the search began on may have gained nodes through another finger.
            ChunkNode* before = At(WalkTo(finger.Before[level], level, series, startNs, kind));
            ChunkNode.SetNext(linked, level, ChunkNode.Next(before, level));
            ChunkNode.SetNext(before, level, node);
            finger.Before[level] = node;
        }
    }

    /// <summary>
    /// Links a node whose key is in no other, given a node that comes before it and close to it: most nodes have one level and need no search.
    /// Writer only.
    /// </summary>
    public void LinkNear(Finger finger, uint before, uint node, int height)
    {
        ChunkNode* linked = At(node);
        (uint series, long startNs, NodeKind kind) = (linked->Series, linked->StartNs, linked->State.Kind);
        if (height > 1)
        {
            MoveTo(finger, series, startNs, kind);
            Link(finger, node, height);
            return;
        }

        ChunkNode* predecessor = At(WalkTo(before, 0, series, startNs, kind));
        ChunkNode.SetNext(linked, 0, ChunkNode.Next(predecessor, 0));
        ChunkNode.SetNext(predecessor, 0, node);
    }

    /// <summary>A finger that stands before the first node. It belongs to this list's writer.</summary>
    public Finger NewFinger() => new(_head);

    private bool IsBetween(uint node, int level, uint series, long startNs, NodeKind kind)
    {
        if (node != _head && !ChunkNode.IsBefore(At(node), series, startNs, kind))
        {
            return false;
        }

        uint next = ChunkNode.Next(At(node), level);
        return next == 0 || !ChunkNode.IsBefore(At(next), series, startNs, kind);
    }

    private uint WalkTo(uint node, int level, uint series, long startNs, NodeKind kind)
    {
        uint next = ChunkNode.Next(At(node), level);
        while (next != 0 && ChunkNode.IsBefore(At(next), series, startNs, kind))
        {
            node = next;
            next = ChunkNode.Next(At(node), level);
        }

        return node;
    }

    private static bool IsAfter(ChunkNode* node, uint series, long startNs, NodeKind kind)
    {
        if (node->Series != series)
        {
            return node->Series > series;
        }

        return node->StartNs != startNs ? node->StartNs > startNs : node->State.Kind > kind;
    }

    private uint Allocate(int height) => _arena.Allocate(ref _cursor, ChunkNode.BytesOf(height), Alignment);

    /// <summary>Where a writer last was: on each level the node before that place.</summary>
    public sealed class Finger
    {
        private readonly uint[] _before = new uint[MaxHeight];

        internal Finger(uint head) => Array.Fill(_before, head);

        internal Span<uint> Before => _before;
    }
}
