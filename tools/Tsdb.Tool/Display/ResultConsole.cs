using Spectre.Console;

namespace Tsdb.Tool.Display;

/// <summary>The console for results: the standard output.</summary>
internal static class ResultConsole
{
    private const int RedirectedWidth = 1000;

    /// <summary>Opens the console; a file or pipe wraps nothing.</summary>
    public static IAnsiConsole Create()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }
}
