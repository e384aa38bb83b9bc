using Tsdb.Model.Errors;
using Tsdb.Query.Results;
using Tsdb.Query.Tests.Fakes;
using Tsdb.Testing.Files;

namespace Tsdb.Query.Tests;

/// <summary>Runs the queries of the PromQL compliance suite over its data; each must be evaluated.</summary>
public sealed class ComplianceTests
{
    private const long StartMs = (DemoData.StartSeconds + (5 * 1140)) * 1000;
    private const long EndMs = (DemoData.StartSeconds + (5 * 1260)) * 1000;
    private readonly QueryEngine _engine = new(DemoData.Create(), new QueryEngineOptions(), TimeProvider.System);

    [Test]
    public void Queries_OfTheSuite_AreAllEvaluated()
    {
        if (RepositoryPaths.Conformance is not { } folder)
        {
            TestContext.Out.WriteLine("No conformance folder beside the repository: the compliance queries are not run.");
            return;
        }

        var failures = new List<string>();
        foreach (string query in File.ReadLines(Path.Combine(folder, "promql", "compliance-queries.txt")).Where(static line => line.Length > 0))
        {
            try
            {
                using QueryResult result = _engine.Range(query, StartMs, EndMs, 10_000);
            }
            catch (Exception exception) when (exception is TsdbException or ArgumentException)
            {
                failures.Add($"{query}: {exception.Message}");
            }
        }

        Assert.That(failures, Is.Empty);
    }

    // The counts of buckets are cut to whole numbers, so the quantile is only nearly what the weights give.
    [TestCase("round(histogram_quantile(0.5, sum by (le) (rate(demo_api_request_duration_seconds_bucket[5m]))), 0.0005)", 0.0175)]
    [TestCase("sum(demo_num_cpus)", 12)]
    [TestCase("sum by (instance) (demo_memory_usage_bytes{instance=~\".*:10000\"})", 8589934592)]
    [TestCase("rate(demo_api_request_duration_seconds_count{instance=~\".*:10000\",path=\"/api/foo\",status=\"500\"}[1m])", 0.6)]
    [TestCase("count(up{job=\"demo\"})", 3)]
    public void Range_QueriesWithAKnownAnswer_GiveItAtEveryStep(string query, double expected)
    {
        using QueryResult result = _engine.Range(query, StartMs, EndMs, 10_000);

        Assert.That(result.Series, Has.Count.EqualTo(1));
        Assert.That(result.Series[0].PointCount, Is.EqualTo(61));
        foreach (ResultPoint point in result.Series[0])
        {
            Assert.That(point.Value, Is.EqualTo(expected).Within(0.001).Percent);
        }
    }
}
