using System.CommandLine;
using System.Globalization;
using Tsdb.LoadGenerator.Sending;

namespace Tsdb.LoadGenerator.Verbs;

/// <summary><c>loadgen send</c>: sends prepared bodies and tells what came of it, one <c>name=value</c> a line, for scripts.</summary>
internal static class SendVerb
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var file = new Option<string>("--file") { Description = "Bodies of loadgen prepare", Required = true };
        var to = new Option<string>("--to") { Description = "Write endpoint, http", Required = true };
        var connections = new Option<int>("--connections") { Description = "Requests in flight at once", DefaultValueFactory = _ => 2 };
        var seconds = new Option<int>("--seconds") { Description = "Repeat the bodies for so long; 0 sends each once" };
        var headers = new Option<string[]>("--header") { Description = "Further header, Name: value; may be repeated" };
        var command = new Command("send", "Sends prepared bodies and tells what came of it.") { file, to, connections, seconds, headers };
        command.SetAction(parsed =>
        {
            using BodyFile bodies = BodyFile.Open(parsed.GetValue(file)!);
            var plan = new SendPlan
            {
                Uri = Uri.TryCreate(parsed.GetValue(to), UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttp
                    ? uri
                    : throw new FormatException($"--to must be an address such as http://127.0.0.1:9201/write, not \"{parsed.GetValue(to)}\"."),
                Bodies = bodies,
                Connections = Math.Max(1, parsed.GetValue(connections)),
                Headers = parsed.GetValue(headers) ?? [],
                RepeatFor = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
            };
            TimeSpan cpuBefore = Environment.CpuUsage.TotalTime;
            using var sender = new Sender(plan);
            SendResult result = sender.Run(out TimeSpan elapsed);
            Print(result, elapsed, Environment.CpuUsage.TotalTime - cpuBefore);
            return result.Statuses.Keys.All(status => status is >= 200 and < 300) ? 0 : 2;
        });
        return command;
    }

    private static void Print(SendResult result, TimeSpan elapsed, TimeSpan clientCpu)
    {
        LatencyHistogram latencies = result.Latencies;
        string statuses = string.Join(',', result.Statuses.Select(pair => $"{pair.Key}:{pair.Value}"));
        Line($"requests={latencies.Count}");
        Line($"samples={result.AcceptedSamples}");
        Line($"bytes={result.AcceptedBytes}");
        Line($"seconds={elapsed.TotalSeconds:F3}");
        Line($"requests_per_second={latencies.Count / elapsed.TotalSeconds:F1}");
        Line($"samples_per_second={result.AcceptedSamples / elapsed.TotalSeconds:F0}");
        Line($"p50_ms={latencies.Quantile(0.5) / 1e3:F3}");
        Line($"p99_ms={latencies.Quantile(0.99) / 1e3:F3}");
        Line($"max_ms={latencies.MaxMicros / 1e3:F3}");
        Line($"client_cpu_seconds={clientCpu.TotalSeconds:F3}");
        Line($"statuses={statuses}");
        if (result.FirstRefusal.Length > 0)
        {
            Console.Error.WriteLine($"first refusal: {result.FirstRefusal.Trim()}");
        }
    }

    private static void Line(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
