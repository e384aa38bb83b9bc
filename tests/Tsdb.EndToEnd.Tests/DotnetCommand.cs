using System.Diagnostics;

namespace Tsdb.EndToEnd.Tests;

/// <summary>Runs the dotnet command line.</summary>
internal static class DotnetCommand
{
    /// <summary>Runs a command in a folder; fails the test with the command's output unless it exits with 0.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // a build node left behind would hold the test's folder
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, $"dotnet {string.Join(' ', arguments)}: {output}{await errors}");
        return output;
    }
}
