using Tsdb.Model.Errors;
using Tsdb.Model.Labels;
using Tsdb.Query.Errors;
using Tsdb.Query.Results;
using Tsdb.Query.Tests.Fakes;
using Tsdb.Testing.Reading;

namespace Tsdb.Query.Tests;

public sealed class QueryEngineTests
{
    private InMemorySeriesSource _source = new();

    [SetUp]
    public void SetUp()
    {
        _source = new InMemorySeriesSource();
        for (int host = 0; host < 20; host++)
        {
            _source.Add(LabelSet.OfMetric("cpu", ("host", $"h{host}")), stepMs: 10_000, [.. Enumerable.Range(0, 60).Select(i => (double)(i * host))]);
        }
    }

    [Test]
    public void Range_MoreStepsThanAllowed_IsRefusedNamingTheSetting()
    {
        var engine = Engine(new QueryEngineOptions { MaxPointsPerSeries = 10 });

        Assert.That(() => engine.Range("cpu", 0, 10_000, 1000), Throws.TypeOf<LimitExceededException>()
            .With.Message.Contains("11 points").And.Message.Contains("limit of 10 (setting MaxPointsPerSeries)"));
        Assert.DoesNotThrow(() => engine.Range("cpu", 0, 9_999, 1000).Dispose());
    }

    [Test]
    public void Range_TimesAtTheEndsOfTheirRange_CountsStepsWithoutOverflow() =>
        Assert.That(() => Engine().Range("cpu", long.MinValue, long.MaxValue, 1), Throws.TypeOf<LimitExceededException>());

    [TestCase(0, -1, 1)]
    [TestCase(0, 1, 0)]
    [TestCase(0, 1, -1)]
    public void Range_ImpossibleGrid_IsTheCallersMistake(long startMs, long endMs, long stepMs) =>
        Assert.That(() => Engine().Range("cpu", startMs, endMs, stepMs), Throws.ArgumentException);

    [TestCase("cpu")]
    [TestCase("sort(cpu)")]
    [TestCase("quantile(0.5, cpu)")]
    [TestCase("cpu + cpu")]
    public void Instant_MoreSamplesThanAllowed_IsRefusedNamingTheSetting(string query)
    {
        var engine = Engine(new QueryEngineOptions { MaxSamplesPerQuery = 520 });

        Assert.That(() => engine.Range(query, 0, 500_000, 10_000), Throws.TypeOf<LimitExceededException>()
            .With.Message.Contains("limit of 520 (setting MaxSamplesPerQuery)"));
        Assert.That(_source.OpenCursors, Is.Zero);
    }

    [Test]
    public void Range_SumOverManySeries_HoldsOnlyOneOfThemAtATime()
    {
        using QueryResult result = Engine(new QueryEngineOptions { MaxSamplesPerQuery = 1000 }).Range("sum(cpu)", 0, 500_000, 10_000);

        Assert.That(result.Series, Has.Count.EqualTo(1));
        Assert.That(result.Statistics.SeriesRead, Is.EqualTo(20));
        Assert.That(result.Statistics.SamplesRead, Is.EqualTo(20 * 51));
        Assert.That(result.Statistics.PeakSamples, Is.LessThan(1000));
    }

    [Test]
    public void Range_ByteBudgetExceeded_IsRefusedNamingTheSetting()
    {
        var engine = Engine(new QueryEngineOptions { MaxBytesPerQuery = 1 << 20 });

        Assert.That(() => engine.Range("cpu", 0, 10_000_000, 1000), Throws.TypeOf<LimitExceededException>()
            .With.Message.Contains("setting MaxBytesPerQuery"));
    }

    [Test]
    public void Instant_CanceledBetweenSeries_StopsAndClosesTheCursor()
    {
        using var source = new CancellationTokenSource();
        int seen = 0;
        _source.BeforeEachSeries = () =>
        {
            if (++seen == 3)
            {
                source.Cancel();
            }
        };

        Assert.That(() => Engine().Instant("sum(cpu)", 0, null, source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(seen, Is.EqualTo(3));
        Assert.That(_source.OpenCursors, Is.Zero);
    }

    [Test]
    public void Instant_LongerThanAllowed_TimesOutNamingTheSetting()
    {
        var clock = new ManualTimeProvider();
        _source.BeforeEachSeries = () => clock.Advance(TimeSpan.FromSeconds(1));
        var engine = new QueryEngine(_source, new QueryEngineOptions { Timeout = TimeSpan.FromSeconds(5) }, clock);

        Assert.That(() => engine.Instant("cpu", 0), Throws.TypeOf<QueryTimeoutException>().With.Message.Contains("5 s (setting Timeout)"));
        Assert.That(
            () => engine.Instant("cpu", 0, new QueryParameters { Timeout = TimeSpan.FromSeconds(2) }),
            Throws.TypeOf<QueryTimeoutException>().With.Message.Contains("2 s"));
        Assert.That(_source.OpenCursors, Is.Zero);
    }

    [Test]
    public void Instant_LimitBelowTheNumberOfSeries_TruncatesAndSaysSo()
    {
        using QueryResult result = Engine().Instant("cpu", 0, new QueryParameters { Limit = 3 });

        Assert.That(result.Series, Has.Count.EqualTo(3));
        Assert.That(result.IsTruncated, Is.True);
    }

    [TestCase(10_000, ExpectedResult = 20)]
    [TestCase(9_999, ExpectedResult = 0)]
    public int Instant_LookbackOfTheRequest_ReplacesTheDefault(long lookbackMs)
    {
        // The last samples are at 590 s, so at 599.999 s they are 9.999 s old: just inside a lookback of 10 s, left-open for one of 9.999 s.
        using QueryResult result = Engine().Instant(
            "cpu", 599_999, new QueryParameters { Lookback = TimeSpan.FromMilliseconds(lookbackMs) });

        return result.Series.Count;
    }

    [TestCase("cpu[1m]", "range vector")]
    [TestCase("\"text\"", "string")]
    public void Range_NeitherScalarNorVector_IsRefusedInPrometheusWords(string query, string kind) =>
        Assert.That(() => Engine().Range(query, 0, 1000, 1000), Throws.TypeOf<QueryExecutionException>()
            .With.Message.EqualTo($"invalid expression type \"{kind}\" for range query, must be Scalar or instant Vector"));

    [Test]
    public void Instant_RangeSelector_GivesRawSamplesToTheNanosecond()
    {
        var source = new InMemorySeriesSource();
        source.Series(LabelSet.OfMetric("m")).Append(1_000_000_001, 1);
        source.Series(LabelSet.OfMetric("m")).Append(1_000_000_002, 2);
        using QueryResult result = new QueryEngine(source, new QueryEngineOptions(), TimeProvider.System).Instant("m[1m]", 2000);

        var points = new List<ResultPoint>();
        foreach (ResultPoint point in result.Series.Single())
        {
            points.Add(point);
        }

        Assert.That(result.Kind, Is.EqualTo(QueryResultKind.Matrix));
        Assert.That(points, Is.EqualTo(new[] { new ResultPoint(-1, 1_000_000_001, 1), new ResultPoint(-1, 1_000_000_002, 2) }));
    }

    [TestCase("cpu + on() cpu", "found duplicate series for the match group {} on the right hand-side of the operation: " +
        "[{__name__=\"cpu\", host=\"h1\"}, {__name__=\"cpu\", host=\"h0\"}];many-to-many matching not allowed: matching labels must be unique on one side")]
    [TestCase("cpu + on() sum(cpu)", "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)")]
    [TestCase(
        "label_replace(cpu, \"a\", \"$1\", \"host\", \"(.*)\") * on(host) group_left(a) label_replace(cpu, \"host\", \"x\", \"host\", \".*\")",
        "vector cannot contain metrics with the same labelset")]
    [TestCase("label_replace(cpu, \"host\", \"x\", \"\", \"\")", "vector cannot contain metrics with the same labelset")]
    public void Instant_AmbiguousSeries_FailsInPrometheusWords(string query, string message) =>
        Assert.That(() => Engine().Instant(query, 0), Throws.TypeOf<QueryExecutionException>().With.Message.EqualTo(message));

    [Test]
    public void Instant_SeriesWithTheSameTimestampColumn_GiveWhatOthersGive([Values("sum_over_time(cpu[1m])", "cpu", "rate(cpu[1m])")] string query)
    {
        string separate = Text(query);
        foreach (int host in Enumerable.Range(0, 20))
        {
            _source.Series(LabelSet.OfMetric("cpu", ("host", $"h{host}"))).TimestampColumnId = host % 2 == 0 ? 0UL : 77;
        }

        Assert.That(Text(query), Is.EqualTo(separate));
    }

    private QueryEngine Engine(QueryEngineOptions? options = null) => new(_source, options ?? new QueryEngineOptions(), TimeProvider.System);

    private string Text(string query)
    {
        using QueryResult result = Engine().Range(query, 0, 600_000, 15_000);
        var lines = new List<string>();
        foreach (ResultSeries series in result.Series)
        {
            foreach (ResultPoint point in series)
            {
                lines.Add($"{series.Labels} {point.TimestampNs} {BitConverter.DoubleToInt64Bits(point.Value)}");
            }
        }

        return string.Join('\n', lines);
    }
}
