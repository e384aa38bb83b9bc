using Tsdb.Conformance.Tests.Reading;
using Tsdb.Conformance.Tests.Running;

namespace Tsdb.Conformance.Tests;

/// <summary>Runs our own scripts, which must pass to the last eval.</summary>
[NonParallelizable]
public sealed class OwnScriptTests
{
    private readonly CaseJudge _judge = new();

    public static IEnumerable<TestCaseData> Cases() =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Scripts"), "*.test")
            .Order(StringComparer.Ordinal)
            .SelectMany(ScriptCase.ReadAll)
            .Select(static script => new TestCaseData(script).SetArgDisplayNames(script.ToString()));

    [OneTimeTearDown]
    public async Task DisposeJudge() => await _judge.DisposeAsync();

    [TestCaseSource(nameof(Cases))]
    public async Task Eval_OfAScript_GivesTheExpectedResult(object script)
    {
        Outcome outcome = await _judge.JudgeAsync((ScriptCase)script);

        Assert.That(outcome, Is.EqualTo(new Outcome(null, null)));
    }
}
