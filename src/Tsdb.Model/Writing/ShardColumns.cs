using Tsdb.Model.Placement;

namespace Tsdb.Model.Writing;

/// <summary>The part of a batch that one shard writes, as columns of equal length, floats and histograms apart. Not thread-safe.</summary>
public sealed class ShardColumns
{
    private const int FirstCapacity = 1024;

    private uint[] _series = new uint[FirstCapacity];
    private long[] _timestampsNs = new long[FirstCapacity];
    private double[] _values = new double[FirstCapacity];

    /// <summary>Float samples held.</summary>
    public int Count { get; private set; }

    /// <summary>The histogram samples; null until the first one, so that batches without any pay nothing.</summary>
    public HistogramColumns? Histograms { get; private set; }

    /// <summary>True when there is no sample of either kind.</summary>
    public bool IsEmpty => Count == 0 && (Histograms is null || Histograms.Count == 0);

    /// <summary>The slot of each float sample's series (a <see cref="SeriesRef"/> each).</summary>
    public ReadOnlySpan<uint> Series => _series.AsSpan(0, Count);

    /// <summary>Each float sample's timestamp in nanoseconds.</summary>
    public ReadOnlySpan<long> TimestampsNs => _timestampsNs.AsSpan(0, Count);

    /// <summary>Each float sample's value.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>Set by the engine: the log position the samples appended so far end at; 0 when none were. Means nothing to others.</summary>
    public long LogPosition { get; set; }

    internal void Add(SeriesRef series, long timestampNs, double value)
    {
        int at = Count;
        if (at == _series.Length)
        {
            Grow(at + 1);
        }

        _series[at] = series.Value;
        _timestampsNs[at] = timestampNs;
        _values[at] = value;
        Count = at + 1;
    }

    internal void Add(ReadOnlySpan<SeriesHandle> series, long timestampNs, ReadOnlySpan<double> values)
    {
        int count = Count + series.Length;
        if (count > _series.Length)
        {
            Grow(count);
        }

        Span<uint> slots = _series.AsSpan(Count, series.Length);
        for (int i = 0; i < slots.Length; i++)
        {
            slots[i] = series[i].Series.Value;
        }

        _timestampsNs.AsSpan(Count, series.Length).Fill(timestampNs);
        values.CopyTo(_values.AsSpan(Count));
        Count = count;
    }

    internal HistogramColumns WithHistograms() => Histograms ??= new HistogramColumns();

    internal void Clear()
    {
        Count = 0;
        Histograms?.Clear();
    }

    private void Grow(int leastCapacity)
    {
        int capacity = Math.Max(_series.Length * 2, leastCapacity);
        Array.Resize(ref _series, capacity);
        Array.Resize(ref _timestampsNs, capacity);
        Array.Resize(ref _values, capacity);
    }
}
