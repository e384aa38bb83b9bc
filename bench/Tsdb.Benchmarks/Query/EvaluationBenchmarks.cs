using BenchmarkDotNet.Attributes;
using Tsdb.Query;

namespace Tsdb.Benchmarks.Query;

/// <summary>Range queries over 1000 counters at 1000 steps; times are per output step of a series, before aggregation.</summary>
[MemoryDiagnoser]
public class EvaluationBenchmarks
{
    private const int SeriesCount = 1000;
    private const int Steps = 1000;
    private QueryEngine _engine = null!; // set before any benchmark runs

    /// <summary>Whether series say that their timestamps are equal, as those scraped together do.</summary>
    [Params(true, false)]
    public bool SharesTimestamps { get; set; }

    /// <summary>The query measured.</summary>
    [Params("count(c_total)", "sum(c_total)", "sum(rate(c_total[1m]))", "sum by (job) (avg_over_time(c_total[1m]))", "count(c_total * 2 > 10)")]
    public string Query { get; set; } = "";

    /// <summary>Creates the engine; samples and steps are both ten seconds apart.</summary>
    [GlobalSetup]
    public void Setup() =>
        _engine = new QueryEngine(new SyntheticSource(SeriesCount, Steps, SharesTimestamps), new QueryEngineOptions(), TimeProvider.System);

    /// <summary>Evaluates the query.</summary>
    [Benchmark(OperationsPerInvoke = SeriesCount * Steps)]
    public void Evaluate() => _engine.Range(Query, 0, (Steps - 1) * 10_000, 10_000).Dispose();
}
