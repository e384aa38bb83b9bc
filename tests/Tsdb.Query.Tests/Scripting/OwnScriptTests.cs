namespace Tsdb.Query.Tests.Scripting;

/// <summary>Runs our own scripts, which must pass to the last eval.</summary>
public sealed class OwnScriptTests
{
    private static string Folder => Path.Combine(TestContext.CurrentContext.TestDirectory, "Scripts");

    public static IEnumerable<string> ScriptNames() =>
        Directory.EnumerateFiles(Folder, "*.test").Select(Path.GetFileName).Order(StringComparer.Ordinal)!;

    [TestCaseSource(nameof(ScriptNames))]
    public void Script_EveryEval_GivesTheExpectedResult(string name)
    {
        IReadOnlyList<EvalOutcome> outcomes = new ScriptRunner().Run(File.ReadAllText(Path.Combine(Folder, name)));

        Assert.That(outcomes, Is.Not.Empty);
        Assert.That(outcomes.Where(static outcome => outcome.Failure is not null), Is.Empty);
    }
}
