using System.Globalization;
using Tsdb.Conformance.Tests.Reading;
using Tsdb.Conformance.Tests.Running;
using Tsdb.Testing.Files;

namespace Tsdb.Conformance.Tests;

/// <summary>Runs Prometheus' own scripts, one test an eval, each over data in the memtable, in blocks, and after a restart.</summary>
[NonParallelizable]
public sealed class ConformanceTests
{
    // What the scripts ask about floats: at least so many evals must be judged, whatever else is pending.
    private const int FewestJudged = 727;

    private readonly CaseJudge _judge = new();

    public static IEnumerable<TestCaseData> Cases() =>
        Scripts().SelectMany(ScriptCase.ReadAll).Select(static script => new TestCaseData(script).SetArgDisplayNames(script.ToString()));

    [OneTimeTearDown]
    public async Task DisposeJudge() => await _judge.DisposeAsync();

    [TestCaseSource(nameof(Cases))]
    public async Task Eval_OfAScript_GivesTheExpectedResult(object script)
    {
        Outcome outcome = await _judge.JudgeAsync((ScriptCase)script);

        Assert.That(outcome.Failure, Is.Null);
        if (outcome.Pending is not null)
        {
            Assert.Inconclusive($"Pending: {outcome.Pending}.");
        }
    }

    [Test]
    public async Task Scripts_AllEvals_AreToldInATable()
    {
        if (!Scripts().Any())
        {
            TestContext.Out.WriteLine("The conformance scripts are not there; put them into ../shared/conformance or set TSDB_CONFORMANCE_DIR.");
            return;
        }

        var table = new List<string> { $"{"script",-28} {"cases",6} {"passed",6} {"failed",6} {"pending",7}" };
        var all = new List<Outcome>();
        foreach (string path in Scripts())
        {
            var outcomes = new List<Outcome>();
            foreach (ScriptCase script in ScriptCase.ReadAll(path))
            {
                outcomes.Add(await _judge.JudgeAsync(script));
            }

            table.Add(Row(Path.GetFileName(path), outcomes));
            all.AddRange(outcomes);
        }

        table.Add(Row("all", all));
        TestContext.Out.WriteLine(string.Join(Environment.NewLine, table));
        Assert.That(all.Count(static outcome => outcome.Pending is null), Is.AtLeast(FewestJudged));
    }

    private static IEnumerable<string> Scripts() => RepositoryPaths.Conformance is { } folder
        ? Directory.EnumerateFiles(Path.Combine(folder, "promql"), "*.test").Order(StringComparer.Ordinal)
        : [];

    private static string Row(string name, List<Outcome> outcomes)
    {
        int failed = outcomes.Count(static outcome => outcome.Failure is not null);
        int pending = outcomes.Count(static outcome => outcome.Pending is not null);
        return string.Create(
            CultureInfo.InvariantCulture, $"{name,-28} {outcomes.Count,6} {outcomes.Count - failed - pending,6} {failed,6} {pending,7}");
    }
}
