using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Writing;
using Tsdb.Storage.Checkpoints;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Memtable;
using Tsdb.Storage.Series;
using Tsdb.Storage.Shards;
using Tsdb.Storage.Wal;

namespace Tsdb.Storage.Recovery;

/// <summary>Builds a shard's memory from its log: series under the slots they had, samples into a memtable. Used by one thread.</summary>
/// <remarks>
/// Memory stays within what a shard holds while it takes writes: a full memtable waits to be flushed, and only when too many wait is the oldest handed to
/// <paramref name="spill"/>, which turns it into blocks. The log is not released for either, as the records after it may still need its SERIES
/// records; replaying it again after another crash finds equal samples.
/// </remarks>
/// <param name="newMemtable">Creates an empty memtable.</param>
/// <param name="spill">Flushes a full memtable and lets go of it.</param>
internal sealed class ShardReplayer(Func<ShardMemtable> newMemtable, Action<FrozenMemtable, SeriesTable> spill) : IWalVisitor, ICheckpointVisitor
{
    private readonly SeriesTable _series = new();
    private readonly SlotMarks _logged = new();
    private readonly Dictionary<uint, uint> _aliases = []; // a slot whose series is in the table under an earlier one
    private readonly List<FrozenMemtable> _frozen = []; // oldest first
    private ShardMemtable _memtable = newMemtable();
    private uint[] _slots = []; // of a record whose slots have aliases
    private SequenceNumber _min;
    private SequenceNumber _max;

    /// <summary>Samples replayed, those from a checkpoint included.</summary>
    public long SampleCount { get; private set; }

    /// <summary>The slots a checkpoint named; samples in the rest of the log may use them.</summary>
    public SlotSet CheckpointSlots { get; } = new();

    /// <summary>The last write that a checkpoint surely has; 0 without one.</summary>
    public SequenceNumber CheckpointSequence { get; private set; }

    /// <inheritdoc/>
    public void OnHeader(in CheckpointHeader header)
    {
        CheckpointSequence = header.LastSequence;
        _min = header.MinSequence;
        _max = header.LastSequence;
        _series.NextSlot = header.NextSlot;
    }

    /// <inheritdoc/>
    public bool OnSeries(uint slot, ReadOnlySpan<byte> canonicalLabels)
    {
        CheckpointSlots.Add(slot);
        return _logged.TryMark(slot) && _series.Restore(slot, canonicalLabels) == slot;
    }

    /// <inheritdoc/>
    public bool OnChunk(uint slot, in ChunkSlice chunk, bool isLast)
    {
        SampleCount += chunk.Count;
        return CheckpointSlots.Contains(slot) && _memtable.TryRestore(slot, chunk, isLast);
    }

    /// <summary>Frees the memory of what was read in vain.</summary>
    public void Discard() => _memtable.Release();

    /// <inheritdoc/>
    public void OnSeries(TenantId tenant, SequenceNumber sequence, uint slot, ReadOnlySpan<byte> canonicalLabels)
    {
        if (!_logged.TryMark(slot))
        {
            return;
        }

        uint used = _series.Restore(slot, canonicalLabels);
        if (used != slot)
        {
            _aliases.Add(slot, used);
        }
    }

    /// <inheritdoc/>
    public void OnSamples(
        TenantId tenant, SequenceNumber sequence, ReadOnlySpan<uint> slots, ReadOnlySpan<long> timestampsNs, ReadOnlySpan<double> values)
    {
        if (_memtable.IsFull)
        {
            Freeze();
        }

        _memtable.Append(_aliases.Count == 0 ? slots : Used(slots), timestampsNs, values);
        _min = _min.Value == 0 ? sequence : _min;
        _max = sequence;
        SampleCount += slots.Length;
    }

    /// <inheritdoc/>
    public void OnHistograms(TenantId tenant, SequenceNumber sequence, HistogramColumns histograms)
    {
        if (_memtable.IsFull)
        {
            Freeze();
        }

        _memtable.Append(_aliases.Count == 0 ? histograms : WithSlotsUsed(histograms));
        _min = _min.Value == 0 ? sequence : _min;
        _max = sequence;
        SampleCount += histograms.Count;
    }

    /// <summary>The shard's memory after replay.</summary>
    /// <param name="firstFreeSlot">The MANIFEST's next slot: no new series gets a lower one.</param>
    /// <param name="log">What the log holds.</param>
    public RecoveredShard Finish(uint firstFreeSlot, LogExtent log)
    {
        _series.CompleteRestore();
        _series.NextSlot = Math.Max(_series.NextSlot, firstFreeSlot);
        return new RecoveredShard(_series, _logged, [.. _frozen], _memtable, _min, _max, log.FirstSegment, log.LogBytes, log.TailBytes);
    }

    private HistogramColumns WithSlotsUsed(HistogramColumns histograms)
    {
        var renamed = new HistogramColumns();
        for (int i = 0; i < histograms.Count; i++)
        {
            uint slot = histograms.Series[i];
            renamed.Add(new SeriesRef(_aliases.GetValueOrDefault(slot, slot)), histograms.TimestampsNs[i], histograms.EncodedAt(i));
        }

        return renamed;
    }

    private ReadOnlySpan<uint> Used(ReadOnlySpan<uint> slots)
    {
        if (_slots.Length < slots.Length)
        {
            _slots = new uint[slots.Length];
        }

        for (int i = 0; i < slots.Length; i++)
        {
            _slots[i] = _aliases.GetValueOrDefault(slots[i], slots[i]);
        }

        return _slots.AsSpan(0, slots.Length);
    }

    private void Freeze()
    {
        if (_frozen.Count == Shard.MaxFrozenMemtables)
        {
            spill(_frozen[0], _series);
            _frozen.RemoveAt(0);
        }

        _frozen.Add(new FrozenMemtable(_memtable, _min, _max, FirstSegmentKept: 0));
        _memtable = newMemtable();
        _min = default;
        _max = default;
    }
}
