using System.CommandLine;
using Tsdb.Tool.Display;
using Tsdb.Tool.Generating;
using Tsdb.Tool.Sending;

namespace Tsdb.Tool.Verbs;

/// <summary><c>tsdb generate</c>: makes a data set and writes it to a file or a server.</summary>
internal static class GenerateVerb
{
    private const string CpuOnly = "cpu-only";
    private const string Mixed = "mixed";

    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var set = new Option<string>("--set")
        {
            Description = $"{CpuOnly}: the TSBS use case, 10 fields a line; {Mixed}: counters and gauges",
            DefaultValueFactory = _ => CpuOnly,
        };
        set.AcceptOnlyFromAmong(CpuOnly, Mixed);
        Option<int> hosts = SendOptions.Positive("--hosts", 100, "Hosts that report");
        Option<int> points = SendOptions.Positive("--points", 360, "Times each host reports");
        var interval = new Option<string>("--interval") { Description = "Time between reports", DefaultValueFactory = _ => "10s" };
        var start = new Option<string>("--start")
        {
            Description = "Time of the first report: RFC 3339, Unix seconds, now, or a duration before now such as -1h",
            DefaultValueFactory = _ => "2016-01-01T00:00:00Z",
        };
        var seed = new Option<int>("--seed") { Description = "Decides every value", DefaultValueFactory = _ => 123 };
        var output = new Option<string?>("--out") { Description = "File to write, compressed when it ends in .gz; - is the standard output" };
        var command = new Command("generate", "Makes a data set and writes it to a file or a server.") { set, hosts, points, interval, start, seed, output };
        var sendOptions = new SendOptions(command);
        command.Validators.Add(result =>
        {
            if ((result.GetValue(output) is null) == (result.GetValue(sendOptions.To) is null))
            {
                result.AddError("Say where the data goes: either --out FILE or --to URL.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            DateTimeOffset first = TimeText.ParseTime(parsed.GetValue(start)!, TimeProvider.System.GetUtcNow());
            var options = new DataSetOptions(
                parsed.GetValue(hosts),
                parsed.GetValue(points),
                (first - DateTimeOffset.UnixEpoch).Ticks * 100,
                TimeText.ParseDuration(parsed.GetValue(interval)!).Ticks * 100,
                parsed.GetValue(seed));
            IDataSet dataSet = parsed.GetValue(set) == Mixed ? new MixedDataSet(options) : new CpuOnlyDataSet(options);
            var tally = new SendTally();
            await using ILineTarget target = parsed.GetValue(output) is string path
                ? new FileTarget(path, tally)
                : sendOptions.Connect(parsed, parsed.GetValue(sendOptions.To)!, tally);
            await LoadProgress.RunAsync(
                "Generating",
                dataSet.SampleCount,
                () => tally.Samples,
                tally,
                () => Task.Run(() => WriteAsync(dataSet, target, parsed.GetValue(sendOptions.LinesPerRequest), cancellationToken), cancellationToken));
            return tally.PartialRequests == 0 ? 0 : 1;
        });
        return command;
    }

    private static async Task WriteAsync(IDataSet dataSet, ILineTarget target, int linesPerRequest, CancellationToken cancellationToken)
    {
        var buffer = new LineBuffer();
        for (long left = dataSet.LineCount; left > 0;)
        {
            int lines = (int)Math.Min(left, linesPerRequest);
            long samples = 0;
            buffer.Clear();
            for (int i = 0; i < lines; i++)
            {
                samples += dataSet.AppendLine(buffer);
            }

            await target.SendAsync(TextChunk.Copy(buffer.Text, lines, samples), cancellationToken);
            left -= lines;
        }

        await target.CompleteAsync();
    }
}
