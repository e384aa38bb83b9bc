using Tsdb.Model.Time;

namespace Tsdb.Storage.Memtable;

/// <summary>Keeps the samples that come late, or replace another, in sorted leaves of the skip list.</summary>
/// <remarks>
/// The first leaf after a chunk begins, by its key, where the chunk does (before the first chunk: at the earliest time there is), the others at a
/// sample; each holds what lies between there and the node after it. So a late sample goes to the leaf that is the floor of its time, in whatever
/// order late samples come, and no leaf reaches past the start of the next chunk. No chunk is ever decoded here.
/// <para>
/// Writer only. What readers rely on: a sample is added behind the others before the count that includes it, and in any other place in a copy
/// of the leaf, which replaces it in one store; a new value for a time is one store; of a leaf that is split, the upper half is linked
/// before the lower one is cut, so that for a moment both have it, but never neither.
/// </para>
/// </remarks>
internal sealed unsafe class LeafAppender(NativeArena arena, SkipList list, BlockAllocator blocks)
{
    /// <summary>The most samples in a leaf: inserting one copies at most half a kibibyte.</summary>
    public const int MaxSamples = 32;

    private readonly SkipList.Finger _finger = list.NewFinger();

    /// <summary>Adds a sample that is not the newest of its series, or replaces the one of its time.</summary>
    public AppendStatus Add(uint slot, long timestampNs, double value)
    {
        uint floor = list.MoveTo(_finger, slot, timestampNs, NodeKind.Leaf);
        if (floor == 0 || list.At(floor)->Series != slot)
        {
            LinkLeaf(slot, 0, NewBlock(0, new LeafSample(timestampNs, value)), long.MinValue);
            return AppendStatus.Late;
        }

        ChunkNode* node = list.At(floor);
        if (node->State.Kind == NodeKind.Chunk)
        {
            LinkLeaf(slot, floor, NewBlock(0, new LeafSample(timestampNs, value)), node->StartNs);
            return AppendStatus.Late;
        }

        return AddTo(node, timestampNs, value);
    }

    private AppendStatus AddTo(ChunkNode* leaf, long timestampNs, double value)
    {
        ChunkState state = leaf->State;
        var samples = (LeafSample*)arena.At(state.Block);
        int position = LeafSample.FirstNotBefore(samples, state.Count, timestampNs);
        if (position < state.Count && samples[position].TimestampNs == timestampNs)
        {
            return samples[position].TrySetValue(value) ? AppendStatus.Overwritten : AppendStatus.Duplicate;
        }

        var sample = new LeafSample(timestampNs, value);
        if (state.Count < MaxSamples)
        {
            Insert(leaf, state, position, sample);
        }
        else if (position == MaxSamples)
        {
            // Late data mostly comes in its own order: leave the full leaf full and begin the next at the size this one reached.
            LinkLeaf(leaf->Series, leaf->ChunkBefore, NewBlock(state.SizeClass, sample), timestampNs);
        }
        else
        {
            Split(leaf, state, position, sample);
        }

        return AppendStatus.Late;
    }

    private void Insert(ChunkNode* leaf, ChunkState state, int position, LeafSample sample)
    {
        var samples = (LeafSample*)arena.At(state.Block);
        int count = state.Count + 1;
        if (position == state.Count && count <= CapacityOf(state.SizeClass))
        {
            samples[position] = sample;
            leaf->State = StateOf(state.Block, state.SizeClass, count);
            return;
        }

        int sizeClass = Math.Max(state.SizeClass, ClassFor(count));
        uint block = blocks.Allocate(sizeClass);
        CopyWith(samples, state.Count, position, sample, (LeafSample*)arena.At(block));
        leaf->State = StateOf(block, sizeClass, count);
        blocks.Retire(state.Block, state.SizeClass);
    }

    private void Split(ChunkNode* leaf, ChunkState state, int position, LeafSample sample)
    {
        const int half = MaxSamples / 2;
        LeafSample* all = stackalloc LeafSample[MaxSamples + 1];
        CopyWith((LeafSample*)arena.At(state.Block), MaxSamples, position, sample, all);

        uint lower = blocks.Allocate(ClassFor(half));
        new Span<LeafSample>(all, half).CopyTo(new Span<LeafSample>(arena.At(lower), half));
        const int upperCount = MaxSamples + 1 - half;
        int upperClass = ClassFor(upperCount);
        uint upper = blocks.Allocate(upperClass);
        new Span<LeafSample>(all + half, upperCount).CopyTo(new Span<LeafSample>(arena.At(upper), upperCount));

        long upperStartNs = all[half].TimestampNs;
        list.MoveTo(_finger, leaf->Series, upperStartNs, NodeKind.Leaf);
        LinkLeaf(leaf->Series, leaf->ChunkBefore, StateOf(upper, upperClass, upperCount), upperStartNs);
        leaf->State = StateOf(lower, ClassFor(half), half);
        blocks.Retire(state.Block, state.SizeClass);
    }

    // Links a leaf where the finger stands; no node lies between there and the leaf's start.
    private void LinkLeaf(uint slot, uint chunkBefore, ChunkState state, long startNs)
    {
        uint offset = list.AllocateNode(out int height);
        ChunkNode* node = list.At(offset);
        node->Series = slot;
        node->StartNs = startNs;
        node->ChunkBefore = chunkBefore;
        node->State = state;
        list.Link(_finger, offset, height);
    }

    private ChunkState NewBlock(int sizeClass, LeafSample sample)
    {
        uint block = blocks.Allocate(sizeClass);
        *(LeafSample*)arena.At(block) = sample;
        return StateOf(block, sizeClass, 1);
    }

    private static void CopyWith(LeafSample* from, int count, int position, LeafSample inserted, LeafSample* to)
    {
        new Span<LeafSample>(from, position).CopyTo(new Span<LeafSample>(to, position));
        to[position] = inserted;
        new Span<LeafSample>(from + position, count - position).CopyTo(new Span<LeafSample>(to + position + 1, count - position));
    }

    private static int CapacityOf(int sizeClass) => BlockAllocator.BytesOf(sizeClass) / LeafSample.SizeBytes;

    private static int ClassFor(int count)
    {
        int sizeClass = 0;
        while (CapacityOf(sizeClass) < count)
        {
            sizeClass++;
        }

        return sizeClass;
    }

    private static ChunkState StateOf(uint block, int sizeClass, int count) =>
        new(NodeKind.Leaf, TimeUnit.Nanoseconds, block, sizeClass, count, count * LeafSample.SizeBytes);
}
