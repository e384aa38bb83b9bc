using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Tsdb.Embedded;
using Tsdb.Testing.Files;

namespace Tsdb.Comparison.Tests;

/// <summary>
/// Records the answers of a real Prometheus. Not part of a test run: needs <c>promtool</c> and <c>prometheus</c> 3.5 on the PATH, and rewrites
/// <c>Answers/*.json</c> in the source tree. <c>dotnet test tests/Tsdb.Comparison.Tests --filter Name=Record</c>
/// </summary>
[Explicit]
public sealed class RecordPrometheusAnswers
{
    [TestCaseSource(typeof(DataSet), nameof(DataSet.All))]
    public async Task Record(DataSet dataSet)
    {
        using var folder = new TemporaryDirectory();
        await using (TimeSeriesDatabase database = await Databases.LoadAsync(dataSet))
        {
            await OpenMetricsExport.WriteAsync(database, folder["data.om"]);
        }

        using (Process promtool = Start("promtool", "tsdb", "create-blocks-from", "openmetrics", folder["data.om"], folder["prometheus"]))
        {
            await promtool.WaitForExitAsync();
            Assert.That(promtool.ExitCode, Is.Zero);
        }

        await File.WriteAllTextAsync(folder["prometheus.yml"], "global: {}\n");
        string address = $"127.0.0.1:{FreePort()}";
        using Process prometheus = Start(
            "prometheus", $"--config.file={folder["prometheus.yml"]}", $"--storage.tsdb.path={folder["prometheus"]}", "--storage.tsdb.retention.time=100y",
            $"--web.listen-address={address}");
        try
        {
            await RecordAsync(dataSet, new Uri($"http://{address}/"));
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync();
        }
    }

    private static async Task RecordAsync(DataSet dataSet, Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        await UntilReadyAsync(client);
        var answers = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (ComparedQuery query in ComparedQueries.All.Where(query => query.DataSet == dataSet))
        {
            string escaped = Uri.EscapeDataString(query.Text);
            var instants = new List<JsonElement>();
            foreach (long seconds in dataSet.InstantsSeconds)
            {
                instants.Add(await DataAsync(client, $"api/v1/query?query={escaped}&time={seconds}"));
            }

            JsonElement range = await DataAsync(
                client, $"api/v1/query_range?query={escaped}&start={dataSet.StartSeconds}&end={dataSet.EndSeconds}&step={dataSet.StepSeconds}");
            answers.Add(query.Text, new { instants, range });
        }

        string path = Path.Combine(RepositoryPaths.Root, "tests", "Tsdb.Comparison.Tests", "Answers", $"{dataSet.Name}.json");
        await File.WriteAllTextAsync(path, OneLineAQuery(answers));
    }

    private static string OneLineAQuery(IReadOnlyDictionary<string, object> answers) =>
        "{\n" + string.Join(",\n", answers.Select(pair => $"{JsonSerializer.Serialize(pair.Key)}: {JsonSerializer.Serialize(pair.Value)}")) + "\n}\n";

    private static async Task<JsonElement> DataAsync(HttpClient client, string path)
    {
        using JsonDocument document = JsonDocument.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative)));
        return document.RootElement.GetProperty("data").Clone();
    }

    private static async Task UntilReadyAsync(HttpClient client)
    {
        for (int attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                using HttpResponseMessage response = await client.GetAsync(new Uri("-/ready", UriKind.Relative));
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        Assert.Fail("Prometheus did not become ready.");
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments)) ?? throw new InvalidOperationException($"{program} does not start.");

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
