using Tsdb.Model.Reading;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;

namespace Tsdb.Query.Tests.Fakes;

/// <summary>Walks over series, giving each one's samples in runs of a few, so that joining runs is tested too.</summary>
internal sealed class InMemoryCursor(InMemorySeriesSource source, IReadOnlyList<InMemorySeries> series, TimeRange range)
    : ISeriesCursor, IColumnReader
{
    private const int MostSamplesInRun = 7;
    private int _current = -1;
    private List<KeyValuePair<long, double?>> _samples = [];
    private int _runStart;
    private ColumnRun _run;

    public int CountEstimate => series.Count;

    public ReadOnlySpan<byte> Labels => series[_current].Labels.Canonical;

    public IColumnReader Columns => this;

    ref readonly ColumnRun IColumnReader.Current => ref _run;

    bool ISeriesCursor.MoveNext()
    {
        source.BeforeEachSeries();
        if (++_current == series.Count)
        {
            return false;
        }

        _samples = [.. series[_current].Samples.Where(sample => range.Contains(sample.Key))];
        _run = default;
        _runStart = 0;
        return true;
    }

    bool IColumnReader.MoveNext()
    {
        _runStart += _run.Count;
        if (_runStart == _samples.Count)
        {
            return false;
        }

        SampleKind kind = KindOf(_samples[_runStart]);
        int end = _runStart;
        while (end < _samples.Count && end - _runStart < MostSamplesInRun && KindOf(_samples[end]) == kind)
        {
            end++;
        }

        ulong id = series[_current].TimestampColumnId;
        _run = new ColumnRun(kind, end - _runStart, _samples[_runStart].Key, _samples[end - 1].Key, id == 0 ? 0 : id + (ulong)_runStart, false);
        return true;
    }

    public void Read(Span<long> timestampsNs, Span<double> values)
    {
        for (int i = 0; i < _run.Count; i++)
        {
            (timestampsNs[i], values[i]) = (_samples[_runStart + i].Key, _samples[_runStart + i].Value!.Value);
        }
    }

    public void ReadStartTimestamps(Span<long> startTimestampsNs) => throw new NotSupportedException("No run has start timestamps.");

    public void Dispose() => source.OpenCursors--;

    private static SampleKind KindOf(KeyValuePair<long, double?> sample) => sample.Value is null ? SampleKind.Histogram : SampleKind.Float;
}
