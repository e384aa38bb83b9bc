using Spectre.Console;
using Spectre.Console.Rendering;
using Tsdb.Model.Errors;

namespace Tsdb.Tool.Inspecting;

/// <summary>Where an inspection writes what it sees, and remembers what is wrong. Not thread-safe.</summary>
/// <param name="console">Where to write.</param>
internal sealed class InspectionReport(IAnsiConsole console)
{
    private static readonly Style Bad = new(Color.Red);
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Notable = new(Color.Yellow);

    private readonly List<string> _wrong = [];

    /// <summary>Says whether nothing wrong was found so far.</summary>
    public bool IsWhole => _wrong.Count == 0;

    /// <summary>Writes a line that names what follows.</summary>
    public void Heading(string text)
    {
        console.WriteLine();
        WriteLine(text, new Style(decoration: Decoration.Bold));
    }

    /// <summary>Writes a table or another part.</summary>
    public void Show(IRenderable part) => console.Write(part);

    /// <summary>Begins a table whose rows are written from time to time.</summary>
    public PagedTable BeginTable(params string[] columns) => new(console, columns);

    /// <summary>Writes something notable that is no damage.</summary>
    public void Note(string text) => WriteLine(text, Notable);

    /// <summary>Remembers damage, named by file and place.</summary>
    public void Damaged(string path, long offsetBytes, string detail) => _wrong.Add(new CorruptionException(path, offsetBytes, detail).Message);

    /// <summary>Runs a check and remembers what it reports. False when it failed.</summary>
    public bool TryCheck(Action check)
    {
        try
        {
            check();
            return true;
        }
        catch (Exception error) when (error is CorruptionException or DataFolderException)
        {
            _wrong.Add(error.Message);
            return false;
        }
    }

    /// <summary>Sums up.</summary>
    /// <returns>The exit code: 1 when anything was wrong.</returns>
    public int Finish()
    {
        console.WriteLine();
        if (IsWhole)
        {
            WriteLine("No damage.", Good);
            return 0;
        }

        _wrong.ForEach(sentence => WriteLine(sentence, Bad));
        return 1;
    }

    // As text, not markup: paths and labels may hold brackets.
    private void WriteLine(string text, Style style) => console.WriteLine(text, style);
}
