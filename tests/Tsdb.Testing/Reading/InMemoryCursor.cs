using Tsdb.Model.Reading;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;

namespace Tsdb.Testing.Reading;

/// <summary>Walks over series, giving each one's samples in runs of a few, so that joining runs is tested too.</summary>
internal sealed class InMemoryCursor(InMemorySeriesSource source, IReadOnlyList<InMemorySeries> series, TimeRange range)
    : ISeriesCursor, IColumnReader
{
    private const int MostSamplesInRun = 7;
    private int _current = -1;
    private List<InMemorySample> _samples = [];
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

        _samples = [.. series[_current].Samples.Where(sample => range.Contains(sample.TimestampNs))];
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

        SampleKind kind = _samples[_runStart].Kind;
        int end = _runStart;
        bool hasStarts = false;
        while (end < _samples.Count && end - _runStart < MostSamplesInRun && _samples[end].Kind == kind)
        {
            hasStarts |= _samples[end].StartTimestampNs != 0;
            end++;
        }

        ulong id = series[_current].TimestampColumnId;
        _run = new ColumnRun(
            kind, end - _runStart, _samples[_runStart].TimestampNs, _samples[end - 1].TimestampNs, id == 0 ? 0 : id + (ulong)_runStart, hasStarts);
        source.HistogramRunsRead += kind == SampleKind.Histogram ? 1 : 0;
        return true;
    }

    public void Read(Span<long> timestampsNs, Span<double> values)
    {
        for (int i = 0; i < _run.Count; i++)
        {
            (timestampsNs[i], values[i]) = (_samples[_runStart + i].TimestampNs, _samples[_runStart + i].Value!.Value);
        }
    }

    public void ReadStartTimestamps(Span<long> startTimestampsNs)
    {
        for (int i = 0; i < _run.Count; i++)
        {
            startTimestampsNs[i] = _samples[_runStart + i].StartTimestampNs;
        }
    }

    public void Dispose() => source.OpenCursors--;
}
