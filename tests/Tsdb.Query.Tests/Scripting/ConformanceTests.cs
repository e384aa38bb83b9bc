namespace Tsdb.Query.Tests.Scripting;

/// <summary>Runs Prometheus' own scripts: no eval may give a wrong answer; what the engine refuses by name is counted and told.</summary>
public sealed class ConformanceTests
{
    // Its evals need start timestamps in rate and its kin, a setting Prometheus has off unless asked.
    private static readonly string[] NeedsSettingsNotBuilt = ["start_timestamps.test"];

    public static IEnumerable<string> ScriptNames() => ConformanceFolder.Find() is { } folder
        ? Directory.EnumerateFiles(Path.Combine(folder, "promql"), "*.test").Select(Path.GetFileName).Order(StringComparer.Ordinal)!
        : [];

    [Test]
    public void Scripts_FolderPresentOrNot_IsTold()
    {
        if (!ScriptNames().Any())
        {
            TestContext.Out.WriteLine("The conformance scripts are not there; put them into ../shared/conformance or set TSDB_CONFORMANCE_DIR.");
        }
    }

    [TestCaseSource(nameof(ScriptNames))]
    public void Script_EveryEvalNotRefusedByName_GivesTheExpectedResult(string name)
    {
        string script = File.ReadAllText(Path.Combine(ConformanceFolder.Find()!, "promql", name));

        IReadOnlyList<EvalOutcome> outcomes = new ScriptRunner().Run(script);

        EvalOutcome[] wrong = [.. outcomes.Where(static outcome => outcome is { Failure: not null, IsUnsupported: false })];
        int unsupported = outcomes.Count(static outcome => outcome.IsUnsupported);
        TestContext.Out.WriteLine(
            $"{name}: {outcomes.Count - wrong.Length - unsupported} of {outcomes.Count} pass, {unsupported} not supported yet, {wrong.Length} wrong");
        foreach (IGrouping<string?, EvalOutcome> reason in outcomes.Where(static outcome => outcome.IsUnsupported).GroupBy(ReasonOf))
        {
            TestContext.Out.WriteLine($"  {reason.Count()} not supported: {reason.Key}");
        }

        foreach (EvalOutcome outcome in wrong)
        {
            TestContext.Out.WriteLine($"  line {outcome.LineNumber}: {outcome.Query}\n    {outcome.Failure}");
        }

        if (!NeedsSettingsNotBuilt.Contains(name))
        {
            Assert.That(wrong, Is.Empty);
        }
    }

    // The refusal without its position.
    private static string? ReasonOf(EvalOutcome outcome) => outcome.Failure?[(outcome.Failure.LastIndexOf(": ", StringComparison.Ordinal) + 1)..];
}
