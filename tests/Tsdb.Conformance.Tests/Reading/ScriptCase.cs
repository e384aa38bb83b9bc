namespace Tsdb.Conformance.Tests.Reading;

/// <summary>One <c>eval</c> of a script with the data it is asked of.</summary>
/// <param name="Script">The script's file name.</param>
/// <param name="Eval">The command.</param>
/// <param name="Loads">What was loaded before it and not cleared; the same list for all evals in between.</param>
internal sealed record ScriptCase(string Script, EvalCommand Eval, IReadOnlyList<LoadCommand> Loads)
{
    /// <summary>Reads all cases of a script, in order.</summary>
    public static IEnumerable<ScriptCase> ReadAll(string path)
    {
        IReadOnlyList<LoadCommand> loads = [];
        foreach (ScriptCommand command in ScriptReader.Read(File.ReadAllText(path)))
        {
            switch (command)
            {
                case ClearCommand:
                    loads = [];
                    break;
                case LoadCommand load:
                    loads = [.. loads, load];
                    break;
                case EvalCommand eval:
                    yield return new ScriptCase(Path.GetFileName(path), eval, loads);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Script}:{Eval.LineNumber} {Eval.Query}";
}
