using System.CommandLine;
using Spectre.Console;
using Tsdb.Storage.Files;
using Tsdb.Tool.Display;
using Tsdb.Tool.Inspecting;

namespace Tsdb.Tool.Verbs;

/// <summary><c>tsdb inspect wal</c>: shows the segments and records of write-ahead logs.</summary>
internal static class InspectWalVerb
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "A data folder, a folder of segments such as data/wal/0000, or one segment" };
        var samples = new Option<bool>("--samples") { Description = "Show the series and samples of each record too" };
        var command = new Command("wal", "Shows the segments and records of write-ahead logs.") { path, samples };
        command.SetAction(parsed => Run(parsed.GetValue(path)!, parsed.GetValue(samples), ResultConsole.Create()));
        return command;
    }

    /// <summary>Shows the logs a path names.</summary>
    /// <returns>The exit code: 1 when there is damage.</returns>
    public static int Run(string path, bool showsSamples, IAnsiConsole console)
    {
        var files = new PhysicalFileSystem();
        var report = new InspectionReport(console);
        var inspector = new WalInspector(files, report, showsSamples);
        foreach (WalLocation log in WalLocation.Find(files, path))
        {
            inspector.Inspect(log);
        }

        return report.Finish();
    }
}
