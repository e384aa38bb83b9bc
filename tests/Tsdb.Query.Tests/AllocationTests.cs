using Tsdb.Model.Labels;
using Tsdb.Model.Reading;
using Tsdb.Model.Samples;
using Tsdb.Query.Results;

namespace Tsdb.Query.Tests;

/// <summary>What a query allocates does not grow with its samples or its steps, nor with the series an aggregation takes in.</summary>
[NonParallelizable]
public sealed class AllocationTests
{
    [TestCase("sum(rate(m[1m]))")]
    [TestCase("sum by (job) (m)")]
    [TestCase("max(max_over_time(m[2m]) * 2 > 5)")]
    [TestCase("count(abs(m) and m > 1)")]
    public void Range_FourTimesTheSeriesAndSamples_AllocatesNoMore(string query)
    {
        long few = Allocated(query, seriesCount: 50, steps: 200);
        long many = Allocated(query, seriesCount: 200, steps: 200);

        // Tables keep a key for each series of "and", 100 bytes and a slot; samples would be megabytes.
        Assert.That(many - few, Is.LessThan(150 * 300));
    }

    private static long Allocated(string query, int seriesCount, int steps)
    {
        var engine = new QueryEngine(new SyntheticSource(seriesCount, 4 * steps), new QueryEngineOptions(), TimeProvider.System);
        for (int i = 0; i < 3; i++)
        {
            engine.Range(query, 0, (steps - 1) * 15_000, 15_000).Dispose(); // fills the pools
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        QueryResult result = engine.Range(query, 0, (steps - 1) * 15_000, 15_000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        result.Dispose();
        return allocated;
    }

    /// <summary>Series of one shape, made up while they are read, so that the source itself allocates nothing.</summary>
    private sealed class SyntheticSource(int seriesCount, int sampleCount) : ISeriesSource, ISeriesCursor, IColumnReader
    {
        private readonly byte[][] _labels = [.. Enumerable.Range(0, seriesCount).Select(static i =>
            LabelSet.OfMetric("m", ("job", "a"), ("i", $"{i}")).Canonical.ToArray())];

        private int _current;
        private bool _isRead;
        private ColumnRun _run;

        public int CountEstimate => seriesCount;

        public ReadOnlySpan<byte> Labels => _labels[_current];

        public IColumnReader Columns => this;

        ref readonly ColumnRun IColumnReader.Current => ref _run;

        public ISeriesCursor Select(SeriesSelection selection, CancellationToken cancellationToken)
        {
            _current = -1;
            return this;
        }

        bool ISeriesCursor.MoveNext()
        {
            _isRead = false;
            return ++_current < seriesCount;
        }

        bool IColumnReader.MoveNext()
        {
            bool hasRun = !_isRead;
            _isRead = true;
            _run = new ColumnRun(SampleKind.Float, sampleCount, 0, TimeOf(sampleCount - 1), 1, false);
            return hasRun;
        }

        public void Read(Span<long> timestampsNs, Span<double> values)
        {
            for (int i = 0; i < sampleCount; i++)
            {
                timestampsNs[i] = TimeOf(i);
                values[i] = i + _current;
            }
        }

        public void ReadStartTimestamps(Span<long> startTimestampsNs) => throw new NotSupportedException("No run has start timestamps.");

        public IReadOnlyList<string> LabelNames(SeriesSelection selection, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IReadOnlyList<string> LabelValues(string labelName, SeriesSelection selection, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public void Dispose()
        {
        }

        private static long TimeOf(int sample) => sample * 5_000_000_000L;
    }
}
