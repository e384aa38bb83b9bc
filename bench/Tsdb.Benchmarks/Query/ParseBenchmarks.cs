using BenchmarkDotNet.Attributes;
using Tsdb.Query;
using Tsdb.Query.Analysis;
using Tsdb.Query.Syntax;
using Tsdb.Query.Syntax.Printing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Benchmarks.Query;

/// <summary>Parsing, checking and printing queries of dashboards; times are per query.</summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    private static readonly string[] Queries =
    [
        "up",
        "sum by (job) (rate(http_requests_total[5m]))",
        "histogram_quantile(0.9, sum by (le) (rate(demo_api_request_duration_seconds_bucket[5m])))",
        "max by (hostname) (max_over_time(cpu_usage_user{hostname=~'host_1|host_2'}[1m]))",
        "demo_memory_usage_bytes / on (instance) group_left demo_num_cpus * 100 > bool 80",
        "(sum(node_cpu_seconds_total{mode!='idle'}) - 1) / ignoring (mode) sum(node_cpu_seconds_total) or vector(0)",
        "label_replace(up{job=\"a\"}, \"x\", \"$1\", \"instance\", \"(.*):.*\")",
        "avg_over_time(rate(demo_cpu_usage_seconds_total[1m])[10m:30s] offset 1d)",
    ];

    private Expression[] _trees = [];
    private ParsedQueries _remembered = new(QueryFeatures.Default);

    /// <summary>Parses each query once, for the benchmarks that begin with trees.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _trees = [.. Queries.Select(PromQlParser.Parse)];
        _remembered = new ParsedQueries(QueryFeatures.Default);
    }

    /// <summary>Text to tree.</summary>
    [Benchmark(OperationsPerInvoke = 8)]
    public void Parse()
    {
        foreach (string query in Queries)
            PromQlParser.Parse(query);
    }

    /// <summary>The checks of names, kinds and matching.</summary>
    [Benchmark(OperationsPerInvoke = 8)]
    public void Check()
    {
        for (int i = 0; i < _trees.Length; i++)
            QueryAnalyzer.Check(Queries[i], _trees[i], QueryFeatures.Default);
    }

    /// <summary>Tree to text.</summary>
    [Benchmark(OperationsPerInvoke = 8)]
    public void Print()
    {
        foreach (Expression tree in _trees)
            ExpressionPrinter.Print(tree);
    }

    /// <summary>Queries that were asked before.</summary>
    [Benchmark(OperationsPerInvoke = 8)]
    public void Remembered()
    {
        foreach (string query in Queries)
            _remembered.Get(query);
    }
}
