using System.Text;
using Spectre.Console;

namespace Tsdb.Tool.Tests.Inspecting;

/// <summary>A console wide enough not to wrap, whose text can be read.</summary>
internal sealed class TextConsole
{
    private const int Width = 1000;

    private readonly StringBuilder _text = new();

    /// <summary>Opens the console.</summary>
    public TextConsole()
    {
        Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(new StringWriter(_text)), Ansi = AnsiSupport.No });
        Console.Profile.Width = Width;
    }

    /// <summary>The console to write to.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>What was written.</summary>
    public string Text => _text.ToString();

    /// <summary>The cells of the table rows, trimmed and joined by a bar.</summary>
    public IEnumerable<string> Rows =>
        from line in Text.Split('\n')
        where line.Contains('│', StringComparison.Ordinal)
        select string.Join('|', line.Trim().Trim('│').Split('│').Select(cell => cell.Trim()));
}
