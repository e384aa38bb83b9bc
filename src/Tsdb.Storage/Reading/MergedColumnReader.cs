using Tsdb.Model.Reading;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Storage.Chunks;

namespace Tsdb.Storage.Reading;

/// <summary>Merges the chunks of one series, from memtables and blocks, into one ascending column; at equal timestamps the highest rank wins.</summary>
/// <remarks>
/// Chunks of one rank form a <see cref="ChunkLayer"/>. Nearly always there is one layer, and its chunks are decoded straight into the caller's spans.
/// With several, runs are cut where the layers interleave, so memory stays bounded by one chunk a layer. Reusable; used by one thread.
/// </remarks>
internal sealed class MergedColumnReader : IColumnReader, IDisposable
{
    private readonly List<ChunkLayer> _layers = []; // ascending rank; those beyond _count are spare
    private int _count;
    private TimeRange _range;
    private ColumnRun _run;
    private ChunkSlice _whole; // the run is this whole chunk, not decoded yet, when _source is null
    private ChunkLayer? _source; // the run is the first samples this layer holds
    private bool _taken = true;

    /// <inheritdoc/>
    public ref readonly ColumnRun Current => ref _run;

    /// <summary>Begins another series.</summary>
    /// <param name="chunks">The series' chunks in any order; sorted here.</param>
    /// <param name="range">Which samples to return.</param>
    public void Begin(List<ChunkSlice> chunks, TimeRange range)
    {
        _range = range;
        _count = 0;
        _source = null;
        _taken = true;
        if (chunks.Count > 1)
        {
            chunks.Sort(ChunkSlice.ByRankThenTime);
        }

        ChunkLayer? layer = null;
        foreach (ChunkSlice chunk in chunks)
        {
            if (layer is null || layer.Rank != chunk.Rank)
            {
                layer = NextLayer(chunk.Rank);
            }

            layer.Add(chunk);
        }
    }

    /// <inheritdoc/>
    public bool MoveNext()
    {
        TakeRun();
        return _count == 1 ? MoveNextAlone(_layers[0]) : MoveNextMerged();
    }

    /// <inheritdoc/>
    public void Read(Span<long> timestampsNs, Span<double> values)
    {
        if (_source is null)
        {
            ChunkLayer.Decode(_whole, timestampsNs, values);
            return;
        }

        _source.TimestampsNs[.._run.Count].CopyTo(timestampsNs);
        _source.Values[.._run.Count].CopyTo(values);
    }

    /// <inheritdoc/>
    public void ReadStartTimestamps(Span<long> startTimestampsNs) => startTimestampsNs[.._run.Count].Clear();

    /// <summary>Returns the buffers.</summary>
    public void Dispose() => _layers.ForEach(layer => layer.Dispose());

    private ChunkLayer NextLayer(long rank)
    {
        if (_count == _layers.Count)
        {
            _layers.Add(new ChunkLayer());
        }

        ChunkLayer layer = _layers[_count++];
        layer.Begin(rank, _range);
        return layer;
    }

    private bool MoveNextAlone(ChunkLayer layer)
    {
        if (layer.NextChunk is { } chunk && chunk.MinTimeNs >= _range.MinTimeNs && chunk.MaxTimeNs <= _range.MaxTimeNs)
        {
            layer.SkipChunk();
            _whole = chunk;
            _source = null;
            _taken = true;
            _run = new ColumnRun(chunk.Kind, chunk.Count, chunk.MinTimeNs, chunk.MaxTimeNs, chunk.TimestampColumnId, HasStartTimestamps: false);
            return true;
        }

        return layer.TryFill() && Offer(layer, layer.Pending);
    }

    // The layer with the earliest sample gives all it has before the next layer's earliest; layers that tie with it on that sample lose theirs.
    private bool MoveNextMerged()
    {
        ChunkLayer? first = null;
        long firstNs = 0;
        long nextNs = 0;
        bool hasNext = false;
        for (int i = 0; i < _count; i++)
        {
            ChunkLayer layer = _layers[i];
            if (!layer.TryFill())
            {
                continue;
            }

            long timestampNs = layer.TimestampsNs[0];
            if (first is null || timestampNs < firstNs)
            {
                hasNext = first is not null;
                nextNs = firstNs;
                first = layer;
                firstNs = timestampNs;
            }
            else if (timestampNs == firstNs)
            {
                first.Take(1);
                if (first.TryFill() && (!hasNext || first.TimestampsNs[0] < nextNs))
                {
                    hasNext = true;
                    nextNs = first.TimestampsNs[0];
                }

                first = layer;
            }
            else if (!hasNext || timestampNs < nextNs)
            {
                hasNext = true;
                nextNs = timestampNs;
            }
        }

        if (first is null)
        {
            return false;
        }

        int count = hasNext ? Math.Max(1, ChunkLayer.LowerBound(first.TimestampsNs, nextNs)) : first.Pending;
        return Offer(first, count);
    }

    private bool Offer(ChunkLayer layer, int count)
    {
        ReadOnlySpan<long> timestampsNs = layer.TimestampsNs;
        _source = layer;
        _taken = false;
        _run = new ColumnRun(SampleKind.Float, count, timestampsNs[0], timestampsNs[count - 1], TimestampColumnId: 0, HasStartTimestamps: false);
        return true;
    }

    private void TakeRun()
    {
        if (!_taken)
        {
            _source!.Take(_run.Count);
            _taken = true;
        }
    }
}
