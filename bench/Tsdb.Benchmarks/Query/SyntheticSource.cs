using Tsdb.Model.Labels;
using Tsdb.Model.Reading;
using Tsdb.Model.Samples;

namespace Tsdb.Benchmarks.Query;

/// <summary>Counters of one shape whose samples are copied from memory, so that a benchmark measures the evaluation and not the storage.</summary>
public sealed class SyntheticSource : ISeriesSource, ISeriesCursor, IColumnReader
{
    private readonly byte[][] _labels;
    private readonly long[] _timestampsNs;
    private readonly double[] _values;
    private readonly bool _sharesTimestamps;
    private int _current;
    private bool _isRead;
    private ColumnRun _run;

    /// <summary>Creates series with a sample every ten seconds from time 0 on.</summary>
    /// <param name="seriesCount">How many series.</param>
    /// <param name="sampleCount">How many samples each has.</param>
    /// <param name="sharesTimestamps">Whether the series say that their timestamps are equal.</param>
    public SyntheticSource(int seriesCount, int sampleCount, bool sharesTimestamps)
    {
        _labels = [.. Enumerable.Range(0, seriesCount).Select(static i =>
            LabelSet.OfMetric("c_total", ("job", $"j{i % 10}"), ("instance", $"host_{i}")).Canonical.ToArray())];
        _timestampsNs = [.. Enumerable.Range(0, sampleCount).Select(static i => i * 10_000_000_000L)];
        _values = [.. Enumerable.Range(0, sampleCount).Select(static i => i * 7.5)];
        _sharesTimestamps = sharesTimestamps;
    }

    /// <inheritdoc/>
    public int CountEstimate => _labels.Length;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Labels => _labels[_current];

    /// <inheritdoc/>
    public IColumnReader Columns => this;

    /// <inheritdoc/>
    public ref readonly ColumnRun Current => ref _run;

    /// <inheritdoc/>
    public ISeriesCursor Select(SeriesSelection selection, CancellationToken cancellationToken)
    {
        _current = -1;
        return this;
    }

    bool ISeriesCursor.MoveNext()
    {
        _isRead = false;
        return ++_current < _labels.Length;
    }

    bool IColumnReader.MoveNext()
    {
        bool hasRun = !_isRead;
        _isRead = true;
        _run = new ColumnRun(SampleKind.Float, _values.Length, 0, _timestampsNs[^1], _sharesTimestamps ? 1UL : 0, false);
        return hasRun;
    }

    /// <inheritdoc/>
    public void Read(Span<long> timestampsNs, Span<double> values)
    {
        _timestampsNs.CopyTo(timestampsNs);
        _values.CopyTo(values);
    }

    /// <inheritdoc/>
    public void ReadStartTimestamps(Span<long> startTimestampsNs) => startTimestampsNs.Clear();

    /// <inheritdoc/>
    public IReadOnlyList<string> LabelNames(SeriesSelection selection, CancellationToken cancellationToken) => [];

    /// <inheritdoc/>
    public IReadOnlyList<string> LabelValues(string labelName, SeriesSelection selection, CancellationToken cancellationToken) => [];

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
