using System.Runtime.Intrinsics.X86;
using Tsdb.Encoding;
using Tsdb.Encoding.Chunks;
using Tsdb.Model.Time;
using Tsdb.Model.Writing;
using Tsdb.Storage.Chunks;

namespace Tsdb.Storage.Memtable;

/// <summary>The samples a shard has taken since its last rotation, in native memory: open and closed Gorilla chunks, leaves of late samples, and histograms.</summary>
/// <remarks>
/// A sample goes to the first <see cref="ChunkLane"/> in which it is the newest of its series. Clients that write over several connections deliver whole
/// requests a little out of order; each of them continues one of the lanes, at the cost of a sample in order. What is the newest in no lane goes to a leaf.
/// So at one timestamp a sample of a later lane was written later, and one of a leaf last of all: that is their rank.
/// <para>
/// Thread safety: one writer at a time appends (the shard lock guards it); the other members may be called from any thread
/// without a lock. Whoever reads slices or walks slots holds the memtable by <see cref="TryAcquire"/> until done with the bytes. The owner's
/// hold is there from the start, is given up by <see cref="Release"/> once, and the memory goes with the last hold. Outgrown blocks are used
/// again only while nobody but the owner holds the memtable, so a hold kept for long costs memory.
/// </para>
/// <para>
/// Native memory per series and lane: a hot line of 64 B, a chunk's block of 32 B to 1 KiB and a node of 35 B on average; no managed object per series,
/// chunk or sample.
/// </para>
/// </remarks>
internal sealed unsafe class ShardMemtable
{
    /// <summary>The size at which a memtable is full unless the options say otherwise.</summary>
    public const long DefaultLimitBytes = 96L << 20;

    /// <summary>How many ranks, from the one given to <see cref="CollectChunks"/> on, a memtable's chunks and leaves take.</summary>
    public const int RankCount = LaneCount + 1;

    // The first lane has what comes in order; two more take nearly all that four connections turn over.
    private const int LaneCount = 3;

    // How many samples ahead of the one appended their lines are asked for; the hot line has to be there when the chunk's is.
    private const int HotLinesAhead = 16;
    private const int ChunksAhead = 8;

    private readonly NativeArena _arena = new();
    private readonly ReferenceCount _holders = new();
    private readonly long _limitBytes;
    private readonly BlockAllocator _blocks;
    private readonly ChunkLane _inOrder;
    private readonly ChunkLane?[] _lanes = new ChunkLane?[LaneCount]; // those after the first begin with their first sample
    private readonly LeafAppender _leaves;
    private HistogramLeaves? _histograms; // begins with the first histogram
    private long _sampleCount;
    private long _minTimeNs = long.MaxValue;
    private long _maxTimeNs = long.MinValue; // raised before the sample is published

    /// <summary>Begins an empty memtable that is full at <paramref name="limitBytes"/> of native memory.</summary>
    public ShardMemtable(long limitBytes = DefaultLimitBytes)
    {
        _limitBytes = limitBytes;
        _blocks = new BlockAllocator(_arena, _holders);
        _inOrder = new ChunkLane(_arena, _blocks);
        _lanes[0] = _inOrder;
        _leaves = new LeafAppender(_arena, _inOrder.List, _blocks);
    }

    /// <summary>True when the memtable should be rotated; it still takes samples.</summary>
    public bool IsFull => ArenaBytes >= _limitBytes;

    /// <summary>Native memory in use, in bytes; stays as it is when the memory is given back.</summary>
    public long ArenaBytes => _arena.UsedBytes;

    /// <summary>True once the last hold was released and the memory given back.</summary>
    public bool IsFreed => _arena.IsFreed;

    /// <summary>Samples held; one that replaces a sample in a chunk counts beside it until they are merged.</summary>
    public long SampleCount => Volatile.Read(ref _sampleCount);

    /// <summary>From the oldest to the newest timestamp held; empty while there is none.</summary>
    public TimeRange Range => new(Volatile.Read(ref _minTimeNs), Volatile.Read(ref _maxTimeNs));

    /// <summary>Takes a sample. Writer only.</summary>
    /// <param name="slot">The series' slot in the shard.</param>
    /// <param name="timestampNs">Any time, in any order.</param>
    /// <param name="value">Any double; its bits are kept.</param>
    /// <exception cref="OutOfMemoryException">There is no memory for the sample; the memtable is as it was.</exception>
    public AppendStatus Append(uint slot, long timestampNs, double value)
    {
        SeriesHot* hot = _inOrder.GetOrAdd(slot);
        if (timestampNs > _maxTimeNs || timestampNs < _minTimeNs)
        {
            Widen(timestampNs);
        }

        if (!ChunkLane.IsNewest(hot, timestampNs))
        {
            return AppendLate(hot, slot, timestampNs, value);
        }

        _inOrder.Append(hot, slot, timestampNs, value);
        Volatile.Write(ref _sampleCount, _sampleCount + 1);
        return AppendStatus.Appended;
    }

    /// <summary>Takes samples, one after the other as <see cref="Append(uint, long, double)"/> would. Writer only.</summary>
    /// <remarks>
    /// Faster than one by one: a sample touches two cache lines of its series, the hot one and the end of its chunk, and both are asked for while
    /// earlier samples are still being appended.
    /// </remarks>
    /// <param name="slots">The series of each sample.</param>
    /// <param name="timestampsNs">The time of each, as many.</param>
    /// <param name="values">The value of each, as many.</param>
    /// <returns>How many were duplicates.</returns>
    /// <exception cref="OutOfMemoryException">There is no memory for a sample; those before it were taken.</exception>
    public int Append(ReadOnlySpan<uint> slots, ReadOnlySpan<long> timestampsNs, ReadOnlySpan<double> values)
    {
        timestampsNs = timestampsNs[..slots.Length];
        values = values[..slots.Length];
        int duplicates = 0;
        for (int i = 0; i < slots.Length; i++)
        {
            if (Sse.IsSupported && i + HotLinesAhead < slots.Length)
            {
                PrefetchHot(slots[i + HotLinesAhead]);
                PrefetchChunk(slots[i + ChunksAhead]);
            }

            duplicates += Append(slots[i], timestampsNs[i], values[i]) == AppendStatus.Duplicate ? 1 : 0;
        }

        return duplicates;
    }

    /// <summary>Takes histogram samples, one after the other. Writer only.</summary>
    /// <exception cref="OutOfMemoryException">There is no memory for a sample; those before it were taken.</exception>
    public void Append(HistogramColumns histograms)
    {
        HistogramLeaves leaves = _histograms ?? BeginHistograms();
        for (int i = 0; i < histograms.Count; i++)
        {
            long timestampNs = histograms.TimestampsNs[i];
            if (timestampNs > _maxTimeNs || timestampNs < _minTimeNs)
            {
                Widen(timestampNs);
            }

            if (leaves.Add(histograms.Series[i], timestampNs, histograms.EncodedAt(i)))
            {
                Volatile.Write(ref _sampleCount, _sampleCount + 1);
            }
        }
    }

    /// <summary>True when any series has histogram samples here.</summary>
    public bool HasHistograms => Volatile.Read(ref _histograms) is not null;

    /// <summary>
    /// Puts back a chunk or leaf that <see cref="CollectChunks"/> gave, with the rank it had from 0 on. Those of a series come together, in
    /// order of rank, and each rank's oldest first, before any other sample of it. Writer only.
    /// </summary>
    /// <param name="slot">The series.</param>
    /// <param name="chunk">What was gathered; its bytes are copied.</param>
    /// <param name="isLast">True for the last of its rank.</param>
    /// <returns>False when the bytes are no such chunk; what came before it stays.</returns>
    public bool TryRestore(uint slot, in ChunkSlice chunk, bool isLast)
    {
        if (chunk.Codec != ChunkCodec.Gorilla || chunk.Rank >= LaneCount)
        {
            return TryAppendAll(slot, chunk);
        }

        int lane = (int)chunk.Rank;
        if (!(_lanes[lane] ?? BeginLane(lane)).TryRestore(slot, chunk, isLast, out long lastTimeNs))
        {
            return false;
        }

        Widen(chunk.MinTimeNs);
        Widen(lastTimeNs);
        Volatile.Write(ref _sampleCount, _sampleCount + chunk.Count);
        return true;
    }

    /// <summary>Says whether a series has float samples here.</summary>
    public bool Contains(uint slot)
    {
        SeriesHot* hot = _inOrder.Find(slot);
        return hot is not null && Volatile.Read(ref hot->Published) != 0;
    }

    /// <summary>
    /// Adds the chunks of a series that may have samples in <paramref name="range"/>, each rank oldest first: the chunks of the lanes with
    /// <paramref name="rank"/> and those after it, leaves with the last of <see cref="RankCount"/>. What has one rank does not overlap itself.
    /// The slices are good while the memtable is held.
    /// </summary>
    public void CollectChunks(uint slot, TimeRange range, long rank, List<ChunkSlice> into)
    {
        for (int lane = 0; lane < LaneCount; lane++)
        {
            if (Volatile.Read(ref _lanes[lane]) is { } chunks && chunks.Find(slot) is var hot && hot is not null)
            {
                new ChunkCollector(_arena, chunks.List, hot, slot, range, rank + lane, rank + LaneCount, ref _maxTimeNs, into).Collect();
            }
        }
    }

    /// <summary>
    /// Adds the leaves of a series that may have histograms in <paramref name="range"/>, oldest first, with one rank: raw slices each of whose values
    /// leads to a histogram by <see cref="HistogramLeaves.EncodedAt"/>. They are good while the memtable is held.
    /// </summary>
    public void CollectHistograms(uint slot, TimeRange range, long rank, List<ChunkSlice> into) =>
        Volatile.Read(ref _histograms)?.Collect(slot, range, rank, ref _maxTimeNs, into);

    /// <summary>The slots that have float samples, ascending.</summary>
    public SlotWalk Slots() => new(_inOrder.List);

    /// <summary>Adds the slots that have samples of either kind, each once.</summary>
    public void CopySlots(List<uint> into)
    {
        int first = into.Count;
        foreach (uint slot in Slots())
        {
            into.Add(slot);
        }

        Volatile.Read(ref _histograms)?.CopyOtherSlots(into, first);
    }

    /// <summary>Holds the memory; false when it has been given back already.</summary>
    public bool TryAcquire() => _holders.TryAcquire();

    /// <summary>Gives up a hold, and with the last one the memory.</summary>
    public void Release()
    {
        if (_holders.Release())
        {
            _arena.Free();
        }
    }

    // A leaf's samples are the newest in no lane, so they go to a leaf again.
    private bool TryAppendAll(uint slot, in ChunkSlice chunk)
    {
        long[] timestampsNs = new long[chunk.Count];
        double[] values = new double[chunk.Count];
        if (!ChunkDecoder.TryDecode(chunk.Codec, chunk.Bytes, chunk.Unit, chunk.Count, timestampsNs, values))
        {
            return false;
        }

        for (int i = 0; i < chunk.Count; i++)
        {
            Append(slot, timestampsNs[i], values[i]);
        }

        return true;
    }

    private void PrefetchHot(uint slot)
    {
        SeriesHot* hot = _inOrder.Find(slot);
        if (hot is not null)
        {
            Sse.Prefetch0(hot);
        }
    }

    private void PrefetchChunk(uint slot)
    {
        SeriesHot* hot = _inOrder.Find(slot);
        if (hot is not null && hot->Published != 0)
        {
            Sse.Prefetch0(_arena.At(hot->Block) + new PublishedCount(hot->Published).LengthBytes);
        }
    }

    // The sample is not the newest of its series: it goes to the first lane where it is, or to a leaf.
    private AppendStatus AppendLate(SeriesHot* hot, uint slot, long timestampNs, double value)
    {
        bool replacesNewest = timestampNs == hot->Encoder.LastTimestampNs;
        for (int i = 1; i < LaneCount; i++)
        {
            ChunkLane? lane = _lanes[i];
            SeriesHot* late = lane is null ? null : lane.Find(slot);
            if (late is null || ChunkLane.IsNewest(late, timestampNs))
            {
                if (IsLastOf(hot, timestampNs, value))
                {
                    return AppendStatus.Duplicate;
                }

                lane ??= BeginLane(i);
                lane.Append(lane.GetOrAdd(slot), slot, timestampNs, value);
                Volatile.Write(ref _sampleCount, _sampleCount + 1);
                return replacesNewest ? AppendStatus.Overwritten : AppendStatus.Late;
            }

            hot = late;
        }

        AppendStatus status = AppendToLeaf(hot, slot, timestampNs, value);
        return status == AppendStatus.Late && replacesNewest ? AppendStatus.Overwritten : status;
    }

    private AppendStatus AppendToLeaf(SeriesHot* hot, uint slot, long timestampNs, double value)
    {
        if (timestampNs == hot->Encoder.LastTimestampNs && !hot->IsNewestOverwritten)
        {
            if (IsLastOf(hot, timestampNs, value))
            {
                return AppendStatus.Duplicate;
            }

            hot->IsNewestOverwritten = true;
        }

        AppendStatus status = _leaves.Add(slot, timestampNs, value);
        if (status == AppendStatus.Late)
        {
            Volatile.Write(ref _sampleCount, _sampleCount + 1);
        }

        return status;
    }

    private HistogramLeaves BeginHistograms()
    {
        var histograms = new HistogramLeaves(_arena, _blocks);
        Volatile.Write(ref _histograms, histograms);
        return histograms;
    }

    private ChunkLane BeginLane(int index)
    {
        var lane = new ChunkLane(_arena, _blocks);
        Volatile.Write(ref _lanes[index], lane);
        return lane;
    }

    private static bool IsLastOf(SeriesHot* hot, long timestampNs, double value) =>
        timestampNs == hot->Encoder.LastTimestampNs
        && BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(hot->Encoder.LastValue);

    private void Widen(long timestampNs)
    {
        Volatile.Write(ref _minTimeNs, Math.Min(_minTimeNs, timestampNs));
        Volatile.Write(ref _maxTimeNs, Math.Max(_maxTimeNs, timestampNs));
    }
}
