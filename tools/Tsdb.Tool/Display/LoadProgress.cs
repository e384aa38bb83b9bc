using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;
using Tsdb.Tool.Sending;

namespace Tsdb.Tool.Display;

/// <summary>Shows how far a load has come and how fast it goes, on the standard error so that the output stays clean.</summary>
internal static class LoadProgress
{
    private const int RedirectedWidth = 1000;

    private static readonly TimeSpan RefreshPeriod = TimeSpan.FromMilliseconds(200);

    /// <summary>The console for everything but results.</summary>
    public static IAnsiConsole Console { get; } = CreateConsole();

    /// <summary>Runs <paramref name="work"/> under a progress bar, then sums it up.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="total">Where <paramref name="done"/> ends.</param>
    /// <param name="done">How far the work is.</param>
    /// <param name="tally">What was sent so far.</param>
    /// <param name="work">The work.</param>
    public static async Task RunAsync(string title, double total, Func<double> done, SendTally tally, Func<Task> work)
    {
        long start = Stopwatch.GetTimestamp();
        Progress progress = Console.Progress().Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RateColumn(tally, start), new RemainingTimeColumn());
        await progress.StartAsync(async context =>
        {
            ProgressTask task = context.AddTask(title, maxValue: Math.Max(1, total));
            Task working = work();
            using var timer = new PeriodicTimer(RefreshPeriod);
            while (!working.IsCompleted)
            {
                await Task.WhenAny(working, timer.WaitForNextTickAsync().AsTask());
                task.Value = done();
            }

            await working;
            task.Value = task.MaxValue;
        });
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        string retries = tally.Retries > 0 ? $", {tally.Retries} requests repeated" : "";
        Console.WriteLine($"{Quantity(tally)} in {elapsed.TotalSeconds:F1} s: {Rate(tally, elapsed)}{retries}");
        ShowErrors(tally);
    }

    private static IAnsiConsole CreateConsole()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) });
        if (System.Console.IsErrorRedirected)
        {
            console.Profile.Width = RedirectedWidth; // a log file wraps nothing
        }

        return console;
    }

    private static void ShowErrors(SendTally tally)
    {
        if (tally.PartialRequests == 0)
        {
            return;
        }

        Console.MarkupLine($"[yellow]{tally.PartialRequests} requests had lines that were refused; the first reasons:[/]");
        foreach (string error in tally.Errors)
        {
            Console.WriteLine($"  {error}");
        }
    }

    private static string Quantity(SendTally tally) => tally.Samples > 0
        ? $"{tally.Samples:N0} samples, {Megabytes(tally.Bytes)}"
        : $"{tally.Lines:N0} lines, {Megabytes(tally.Bytes)}";

    private static string Rate(SendTally tally, TimeSpan elapsed)
    {
        double seconds = Math.Max(elapsed.TotalSeconds, 1e-3);
        string rate = tally.Samples > 0 ? $"{tally.Samples / seconds / 1e6:F2} M samples/s" : $"{tally.Lines / seconds / 1e3:F1} k lines/s";
        return $"{rate}, {Megabytes((long)(tally.Bytes / seconds))}/s";
    }

    private static string Megabytes(long bytes) => $"{bytes / 1e6:N1} MB";

    private sealed class RateColumn(SendTally tally, long start) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(Rate(tally, Stopwatch.GetElapsedTime(start)));
    }
}
