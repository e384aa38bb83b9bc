using System.CommandLine;
using Spectre.Console;
using Tsdb.Storage.Files;
using Tsdb.Tool.Display;
using Tsdb.Tool.Inspecting;

namespace Tsdb.Tool.Verbs;

/// <summary><c>tsdb inspect block</c>: shows what blocks hold and checks every checksum in them.</summary>
internal static class InspectBlockVerb
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var folders = new Argument<string[]>("folders")
        {
            Description = "Folders of blocks, such as data/blocks/*",
            Arity = ArgumentArity.OneOrMore,
        };
        var series = new Option<bool>("--series") { Description = "Show the labels and chunks of each series too" };
        var command = new Command("block", "Shows what blocks hold and checks every checksum in them.") { folders, series };
        command.SetAction(parsed => Run(parsed.GetValue(folders)!, parsed.GetValue(series), ResultConsole.Create()));
        return command;
    }

    /// <summary>Shows blocks.</summary>
    /// <returns>The exit code: 1 when there is damage.</returns>
    public static int Run(IEnumerable<string> folders, bool showsSeries, IAnsiConsole console)
    {
        var report = new InspectionReport(console);
        var inspector = new BlockInspector(new PhysicalFileSystem(), report, showsSeries);
        foreach (string folder in folders)
        {
            inspector.Inspect(folder);
        }

        return report.Finish();
    }
}
