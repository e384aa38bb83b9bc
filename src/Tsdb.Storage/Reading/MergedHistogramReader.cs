using System.Diagnostics;
using Tsdb.Model.Errors;
using Tsdb.Model.Histograms;
using Tsdb.Model.Reading;
using Tsdb.Model.Time;
using Tsdb.Storage.Chunks;

namespace Tsdb.Storage.Reading;

/// <summary>Merges the histograms of one series, from memtables and blocks, in time order; at equal timestamps the highest rank wins.</summary>
/// <remarks>Memory stays bounded by one chunk a rank. Reusable; used by one thread.</remarks>
internal sealed class MergedHistogramReader : IHistogramReader
{
    private readonly List<HistogramLayer> _layers = []; // ascending rank; those beyond _count are spare
    private int _count;
    private HistogramLayer? _current;

    /// <inheritdoc/>
    public long TimestampNs => Current.TimestampNs;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Encoded => Current.Encoded;

    private HistogramLayer Current => _current ?? throw new InvalidOperationException("There is no current histogram.");

    /// <summary>Begins another series.</summary>
    /// <param name="chunks">The series' chunks and leaves of histograms in any order; sorted here.</param>
    /// <param name="range">Which samples to return.</param>
    public void Begin(List<ChunkSlice> chunks, TimeRange range)
    {
        _count = 0;
        _current = null;
        if (chunks.Count > 1)
        {
            chunks.Sort(ChunkSlice.ByRankThenTime);
        }

        HistogramLayer? layer = null;
        foreach (ChunkSlice chunk in chunks)
        {
            Debug.Assert(chunk.Kind == Model.Samples.SampleKind.Histogram, "Floats have a reader of their own.");
            if (layer is null || layer.Rank != chunk.Rank)
            {
                layer = NextLayer();
                layer.Begin(chunk.Rank, range);
            }

            layer.Add(chunk);
        }
    }

    /// <inheritdoc/>
    public bool MoveNext()
    {
        _current?.Take();
        _current = null;
        for (int i = 0; i < _count; i++)
        {
            HistogramLayer layer = _layers[i];
            if (!layer.TryFill())
            {
                continue;
            }

            if (_current is null || layer.TimestampNs < _current.TimestampNs)
            {
                _current = layer;
            }
            else if (layer.TimestampNs == _current.TimestampNs)
            {
                _current.Take();
                _current = layer;
            }
        }

        return _current is not null;
    }

    /// <inheritdoc/>
    public NativeHistogram Read() => HistogramCodec.TryRead(Encoded, out NativeHistogram? histogram)
        ? histogram
        : throw new CorruptionException("a chunk of histograms", 0, $"the {Encoded.Length} bytes at time {TimestampNs} are no histogram");

    private HistogramLayer NextLayer()
    {
        if (_count == _layers.Count)
        {
            _layers.Add(new HistogramLayer());
        }

        return _layers[_count++];
    }
}
