using System.CommandLine;
using Spectre.Console;
using Tsdb.Model.Files;
using Tsdb.Storage;
using Tsdb.Storage.Blocks;
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
            Description = "Data folders, or folders of blocks such as data/blocks/*",
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
        var files = new PhysicalFileSystem();
        var inspector = new BlockInspector(files, report, showsSeries);
        foreach (string block in folders.SelectMany(folder => BlocksOf(files, folder)))
        {
            inspector.Inspect(block);
        }

        return report.Finish();
    }

    private static IEnumerable<string> BlocksOf(IFileSystem files, string folder)
    {
        string blocks = new DataFolder(folder).Blocks;
        return files.DirectoryExists(blocks)
            ? files.List(blocks).Where(name => !name.StartsWith(BlockNames.TemporaryPrefix, StringComparison.Ordinal)).Select(name => Path.Combine(blocks, name))
            : [folder];
    }
}
