using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Tsdb.Tool.Display;
using Tsdb.Tool.Querying;

namespace Tsdb.Tool.Verbs;

/// <summary><c>tsdb query</c>: asks a server a PromQL question and shows the answer as a table.</summary>
internal static class QueryVerb
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        const string TimeForms = "RFC 3339, Unix seconds, now, or a duration before now such as -1h";
        var expression = new Argument<string>("expression") { Description = "PromQL" };
        Option<Uri?> server = ServerOption.Create("--server", "Server to ask", new Uri("http://127.0.0.1:9201"));
        var at = new Option<string>("--at") { Description = $"Time of an instant query: {TimeForms}", DefaultValueFactory = _ => "now" };
        var start = new Option<string?>("--start") { Description = "Begin of a range query, which this option asks for; forms as for --at" };
        var end = new Option<string>("--end") { Description = "End of a range query", DefaultValueFactory = _ => "now" };
        var step = new Option<string?>("--step") { Description = "Step of a range query, such as 30s [default: a sixtieth of the range]" };
        var json = new Option<bool>("--json") { Description = "Print the server's JSON instead of a table" };
        var command = new Command("query", "Asks a server and shows the answer as a table.") { expression, server, at, start, end, step, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            var parameters = new Dictionary<string, string> { ["query"] = parsed.GetValue(expression)! };
            string path = "api/v1/query";
            if (parsed.GetValue(start) is string from)
            {
                path = "api/v1/query_range";
                DateTimeOffset first = TimeText.ParseTime(from, now);
                DateTimeOffset last = TimeText.ParseTime(parsed.GetValue(end)!, now);
                TimeSpan stride = parsed.GetValue(step) is string given ? TimeText.ParseDuration(given) : (last - first) / 60;
                parameters["start"] = Seconds(first);
                parameters["end"] = Seconds(last);
                parameters["step"] = Math.Max(stride.TotalSeconds, 1e-3).ToString("0.###", CultureInfo.InvariantCulture);
            }
            else
            {
                parameters["time"] = Seconds(TimeText.ParseTime(parsed.GetValue(at)!, now));
            }

            using var client = new HttpClient();
            using var form = new FormUrlEncodedContent(parameters);
            using HttpResponseMessage response = await client.PostAsync(new Uri(parsed.GetValue(server)!, path), form, cancellationToken);
            string body = await response.Content.ReadAsStringAsync(cancellationToken);
            return parsed.GetValue(json) ? PrintJson(body, response.IsSuccessStatusCode) : Show(body);
        });
        return command;
    }

    private static int PrintJson(string body, bool isSuccess)
    {
        Console.Out.WriteLine(body);
        return isSuccess ? 0 : 1;
    }

    private static int Show(string body)
    {
        using var document = JsonDocument.Parse(body);
        JsonElement answer = document.RootElement;
        if (answer.GetProperty("status").GetString() != "success")
        {
            LoadProgress.Console.MarkupLineInterpolated($"[red]{answer.GetProperty("errorType")}[/]: {answer.GetProperty("error")}");
            return 1;
        }

        AnsiConsole.Write(QueryTable.Of(answer.GetProperty("data")));
        foreach (string kind in new[] { "warnings", "infos" })
        {
            if (answer.TryGetProperty(kind, out JsonElement notes))
            {
                foreach (JsonElement note in notes.EnumerateArray())
                {
                    LoadProgress.Console.MarkupLineInterpolated($"[yellow]{note.GetString() ?? ""}[/]");
                }
            }
        }

        return 0;
    }

    private static string Seconds(DateTimeOffset time) =>
        (time - DateTimeOffset.UnixEpoch).TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
