using System.Runtime.CompilerServices;
using Tsdb.Encoding.Gorilla;
using Tsdb.Model.Time;
using Tsdb.Storage.Chunks;

namespace Tsdb.Storage.Memtable;

/// <summary>Appends samples that come in order to the open chunk of their series, and closes and opens chunks.</summary>
/// <remarks>
/// Writer only. What readers rely on: a chunk's bytes are stored before the count that includes them is published in the series' hot line; a
/// block that replaces another is named in the node before a count that needs it is published; a chunk is closed, count and last time in its
/// node, before the hot line names the next one; and that happens before the next one is linked. So a node that can be found and is open is
/// the one the hot line names, and whoever finds a node sees the one before it closed.
/// </remarks>
internal sealed unsafe class ChunkAppender(NativeArena arena, SkipList list, BlockAllocator blocks)
{
    /// <summary>The most samples in a chunk: what a query has to decode at least.</summary>
    public const int MaxSamples = 240;

    private const long WindowNs = 2 * 3600 * Timestamps.NsPerSecond;

    private readonly SkipList.Finger _finger = list.NewFinger();

    /// <summary>The last instant of the two hours, aligned to UTC, that hold a timestamp: where its chunk ends at the latest.</summary>
    public static long WindowEndNs(long timestampNs)
    {
        long sinceStartNs = timestampNs % WindowNs;
        sinceStartNs += sinceStartNs < 0 ? WindowNs : 0;
        return Timestamps.AddSaturating(timestampNs, WindowNs - 1 - sinceStartNs);
    }

    /// <summary>Begins a series with its first sample in this memtable.</summary>
    public void Begin(SeriesHot* hot, uint slot, long timestampNs, double value) =>
        Open(hot, slot, 0, GorillaEncoder.CoarsestUnit(timestampNs), timestampNs, value);

    /// <summary>Appends a sample that is newer than the newest of a series that has begun.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(SeriesHot* hot, uint slot, long timestampNs, double value)
    {
        var published = new PublishedCount(hot->Published);
        if (timestampNs <= hot->WindowEndNs && published.Count < MaxSamples
            && GorillaEncoder.TryAppend(ref hot->Encoder, WordsOf(hot), timestampNs, value) == GorillaStatus.Appended)
        {
            hot->IsNewestOverwritten = false;
            Volatile.Write(ref hot->Published, new PublishedCount(published.Node, published.Count + 1, hot->Encoder.LengthBytes).Bits);
            return;
        }

        AppendSlowly(hot, slot, timestampNs, value);
    }

    // The sample does not go into the open chunk as it is: make room in it, or open the next.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendSlowly(SeriesHot* hot, uint slot, long timestampNs, double value)
    {
        var published = new PublishedCount(hot->Published);
        if (timestampNs <= hot->WindowEndNs && published.Count < MaxSamples)
        {
            GorillaStatus status;
            while ((status = GorillaEncoder.TryAppend(ref hot->Encoder, WordsOf(hot), timestampNs, value)) == GorillaStatus.NoSpace
                && hot->SizeClass < BlockAllocator.LargestClass)
            {
                Grow(hot, list.At(published.Node));
            }

            if (status == GorillaStatus.Appended)
            {
                hot->IsNewestOverwritten = false;
                Volatile.Write(ref hot->Published, new PublishedCount(published.Node, published.Count + 1, hot->Encoder.LengthBytes).Bits);
                return;
            }
        }

        // A series that once needed a fine unit will need it again: do not go back to a coarser one.
        TimeUnit unit = GorillaEncoder.CoarsestUnit(timestampNs, hot->Encoder.Unit);
        Open(hot, slot, NextSizeClass(published, hot->SizeClass), unit, timestampNs, value);
    }

    // The next chunk will need what the last one did; one that ended early by its time or unit says little of that.
    private static int NextSizeClass(PublishedCount last, int sizeClass)
    {
        while (last.Count == MaxSamples && sizeClass > 0 && last.LengthBytes <= BlockAllocator.BytesOf(sizeClass - 1))
        {
            sizeClass--;
        }

        return sizeClass;
    }

    private void Grow(SeriesHot* hot, ChunkNode* node)
    {
        int sizeClass = hot->SizeClass + 1;
        uint block = blocks.Allocate(sizeClass);
        int usedBytes = BlockAllocator.BytesOf(hot->SizeClass);
        Buffer.MemoryCopy(arena.At(hot->Block), arena.At(block), usedBytes, usedBytes);
        node->State = new ChunkState(NodeKind.Chunk, hot->Encoder.Unit, block, sizeClass, 0, 0);
        blocks.Retire(hot->Block, hot->SizeClass);
        hot->Block = block;
        hot->SizeClass = (byte)sizeClass;
    }

    private void Open(SeriesHot* hot, uint slot, int sizeClass, TimeUnit unit, long timestampNs, double value)
    {
        // Everything that can fail comes before the first change.
        uint block = blocks.Allocate(sizeClass);
        uint node = list.AllocateNode(out int height);
        uint before = new PublishedCount(hot->Published).Node;
        if (before != 0)
        {
            Close(hot, list.At(before));
        }

        hot->Block = block;
        hot->SizeClass = (byte)sizeClass;
        hot->WindowEndNs = WindowEndNs(timestampNs);
        hot->IsNewestOverwritten = false;
        GorillaEncoder.Start(ref hot->Encoder, WordsOf(hot), unit, timestampNs, value);

        ChunkNode* opened = list.At(node);
        opened->Series = slot;
        opened->StartNs = timestampNs;
        opened->State = new ChunkState(NodeKind.Chunk, unit, block, sizeClass, 0, 0);
        Volatile.Write(ref hot->Published, new PublishedCount(node, 1, hot->Encoder.LengthBytes).Bits);
        if (before != 0)
        {
            list.LinkNear(_finger, before, node, height);
        }
        else
        {
            list.MoveTo(_finger, slot, timestampNs, NodeKind.Chunk);
            list.Link(_finger, node, height);
        }
    }

    /// <summary>Puts back a chunk that others of its series follow in this lane. Chunks of a series come back oldest first.</summary>
    public void RestoreClosed(uint slot, in ChunkSlice chunk)
    {
        uint block = CopyToBlock(chunk, out int sizeClass);
        uint node = list.AllocateNode(out int height);
        list.At(node)->LastTimeNs = chunk.MaxTimeNs;
        Link(node, height, slot, chunk.MinTimeNs, new ChunkState(NodeKind.Chunk, chunk.Unit, block, sizeClass, chunk.Count, chunk.LengthBytes));
    }

    /// <summary>Puts back the last chunk of a series in this lane, to be continued from <paramref name="state"/>.</summary>
    public void RestoreOpen(SeriesHot* hot, uint slot, in ChunkSlice chunk, in GorillaState state)
    {
        hot->Block = CopyToBlock(chunk, out int sizeClass);
        hot->SizeClass = (byte)sizeClass;
        hot->WindowEndNs = WindowEndNs(chunk.MinTimeNs);
        hot->IsNewestOverwritten = false;
        hot->Encoder = state;
        uint node = list.AllocateNode(out int height);
        Volatile.Write(ref hot->Published, new PublishedCount(node, chunk.Count, state.LengthBytes).Bits);
        Link(node, height, slot, chunk.MinTimeNs, new ChunkState(NodeKind.Chunk, chunk.Unit, hot->Block, sizeClass, 0, 0));
    }

    private void Link(uint node, int height, uint slot, long startNs, ChunkState state)
    {
        ChunkNode* linked = list.At(node);
        linked->Series = slot;
        linked->StartNs = startNs;
        linked->State = state;
        list.MoveTo(_finger, slot, startNs, NodeKind.Chunk);
        list.Link(_finger, node, height);
    }

    private uint CopyToBlock(in ChunkSlice chunk, out int sizeClass)
    {
        sizeClass = 0;
        while (BlockAllocator.BytesOf(sizeClass) < chunk.LengthBytes)
        {
            sizeClass++;
        }

        uint block = blocks.Allocate(sizeClass);
        chunk.Bytes.CopyTo(new Span<byte>(arena.At(block), chunk.LengthBytes));
        return block;
    }

    private static void Close(SeriesHot* hot, ChunkNode* closed)
    {
        var published = new PublishedCount(hot->Published);
        closed->LastTimeNs = hot->Encoder.LastTimestampNs;
        closed->State = new ChunkState(
            NodeKind.Chunk, hot->Encoder.Unit, hot->Block, hot->SizeClass, published.Count, published.LengthBytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<ulong> WordsOf(SeriesHot* hot) => new(arena.At(hot->Block), BlockAllocator.BytesOf(hot->SizeClass) / sizeof(ulong));
}
