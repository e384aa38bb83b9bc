using System.Globalization;
using System.Text.Json;
using Tsdb.Testing.Files;

namespace Tsdb.EndToEnd.Tests;

/// <summary>
/// A real Prometheus (remote write 1.0 and 2.0) and a real vmagent (zstd) write to the server, which is killed, and Prometheus restarted, meanwhile:
/// in the end every sample Prometheus has is here. vmagent writes to Prometheus too, so that its samples can be compared.
/// </summary>
/// <remarks>Scrapes are a second apart. TSDB_PEERS_MINUTES makes the run longer than the half minute of every day.</remarks>
public sealed class RemoteWritePeersTests
{
    private const int ShortScrapes = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] Senders = ["v1", "v2"];

    private readonly TemporaryDirectory _folder = new();
    private readonly int _port = PeerProcess.FreePort();
    private readonly int _prometheusPort = PeerProcess.FreePort();

    [OneTimeTearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Write_SendersAndKillsInBetween_NoSampleIsMissing()
    {
        if (!PeerProcess.TryFind("prometheus", out string? prometheusPath) || !PeerProcess.TryFind("vmagent", out string? vmagentPath))
        {
            await TestContext.Out.WriteLineAsync("prometheus or vmagent is not found: nothing is tested. bench/README.md says how to get them.");
            return;
        }

        await WriteConfigurationsAsync();
        int vmagentPort = PeerProcess.FreePort();
        int scrapes = ScrapesPerPhase();
        PeerProcess prometheus = await StartPrometheusAsync(prometheusPath);
        ServerProcess server = await StartServerAsync();
        await using PeerProcess vmagent = await PeerProcess.StartAsync(
            vmagentPath, vmagentPort, "/health",
            $"-promscrape.config={_folder["vmagent.yml"]}", $"-httpListenAddr=127.0.0.1:{vmagentPort}", $"-remoteWrite.tmpDataPath={_folder["vmagent"]}",
            $"-remoteWrite.url=http://127.0.0.1:{_port}/api/v1/write", $"-remoteWrite.url=http://127.0.0.1:{_prometheusPort}/api/v1/write",
            "-remoteWrite.queues=1", "-remoteWrite.flushInterval=1s");
        try
        {
            await ReceiveAsync(server, scrapes);
            await server.KillAsync();
            await server.DisposeAsync();
            server = await StartServerAsync();
            await ReceiveAsync(server, 2 * scrapes);
            await prometheus.TerminateAsync();
            await prometheus.DisposeAsync();
            prometheus = await StartPrometheusAsync(prometheusPath);
            await ReceiveAsync(server, 3 * scrapes);

            double end = Now();
            foreach (string proto in Senders)
            {
                await CompareAsync(prometheus, server, "sender=\"\"", $"proto=\"{proto}\",sender=\"\"", end);
            }

            await CompareAsync(prometheus, server, "sender=\"vmagent\"", "sender=\"vmagent\",proto=\"\"", end);
            using HttpResponseMessage metadata = await server.Client.GetAsync("/api/v1/metadata?metric=prometheus_http_requests_total");
            Assert.That(await metadata.Content.ReadAsStringAsync(), Does.Contain("\"type\":\"counter\""));
        }
        finally
        {
            await prometheus.DisposeAsync();
            await server.DisposeAsync();
        }
    }

    private static int ScrapesPerPhase() => double.TryParse(
        Environment.GetEnvironmentVariable("TSDB_PEERS_MINUTES"), NumberStyles.Float, CultureInfo.InvariantCulture, out double minutes)
        ? Math.Max(ShortScrapes, (int)(minutes * 60 / 3))
        : ShortScrapes;

    private static double Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    // Waits until so many scrapes of every sender have arrived.
    private static async Task ReceiveAsync(ServerProcess server, int scrapes)
    {
        foreach (string selector in (string[])["proto=\"v1\",sender=\"\"", "proto=\"v2\",sender=\"\"", "proto=\"\",sender=\"vmagent\""])
        {
            await Eventually.HoldsAsync(
                async () => await server.QueryNumberAsync($"sum(count_over_time(up{{{selector},job=\"prometheus\"}}[1d]))", Now()) >= scrapes,
                Patience + TimeSpan.FromSeconds(2 * scrapes),
                () => $"{scrapes} scrapes of {selector} do not arrive: {server.Output}");
        }
    }

    // What Prometheus has up to a time must arrive soon after; then both have the same, sample by sample.
    private static async Task CompareAsync(PeerProcess prometheus, ServerProcess server, string theirs, string ours, double end)
    {
        const string names = "__name__=~\"up|scrape_.+|go_.+|prometheus_(http|tsdb|remote)_.+\"";
        Dictionary<string, string> expected = Samples(await prometheus.QueryAsync($"{{{names},{theirs}}}[1d]", end));
        Assert.That(expected, Has.Count.GreaterThan(100), "Prometheus has its own samples");
        Dictionary<string, string> actual = [];
        string? different = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                actual = Samples(await server.QueryAsync($"{{{names},{ours}}}[1d]", end));
                different = expected.Keys.FirstOrDefault(series => !actual.TryGetValue(series, out string? samples) || samples != expected[series]);
                return different is null;
            },
            Patience,
            () => $"{different}\nexpected {expected[different!]}\nhere     {actual.GetValueOrDefault(different!)}\n{prometheus.Output}");
        Assert.That(actual, Has.Count.EqualTo(expected.Count));
        int samples = expected.Values.Sum(series => series.Split(' ').Length);
        await TestContext.Out.WriteLineAsync($"{ours}: {expected.Count} series, {samples} samples, all equal");
    }

    // By series, without the label that says which way it came.
    private static Dictionary<string, string> Samples(JsonElement matrix) => matrix.EnumerateArray().ToDictionary(
        series => string.Join(',', series.GetProperty("metric").EnumerateObject().Where(label => label.Name != "proto")
            .Select(label => $"{label.Name}={label.Value.GetString()}").Order(StringComparer.Ordinal)),
        series => string.Join(' ', series.GetProperty("values").EnumerateArray()
            .Select(sample => $"{sample[0].GetDouble().ToString("F3", CultureInfo.InvariantCulture)}:{sample[1].GetString()}")));

    private Task<ServerProcess> StartServerAsync() => ServerProcess.StartAsync(_folder["data"], "--listen", $"http://127.0.0.1:{_port}");

    private Task<PeerProcess> StartPrometheusAsync(string path) => PeerProcess.StartAsync(
        path, _prometheusPort, "/-/ready",
        $"--config.file={_folder["prometheus.yml"]}", $"--storage.tsdb.path={_folder["prometheus"]}", $"--web.listen-address=127.0.0.1:{_prometheusPort}",
        "--web.enable-remote-write-receiver");

    private async Task WriteConfigurationsAsync()
    {
        string scrape = $$"""
            scrape_configs:
            - job_name: prometheus
              static_configs: [{ targets: ['127.0.0.1:{{_prometheusPort}}'] }]
            - job_name: tsdb
              static_configs: [{ targets: ['127.0.0.1:{{_port}}'] }]
            """;
        string url = $"http://127.0.0.1:{_port}/api/v1/write";
        await File.WriteAllTextAsync(_folder["prometheus.yml"], $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            remote_write:
            - url: {{url}}
              metadata_config: { send_interval: 5s }
              queue_config: { batch_send_deadline: 1s }
              write_relabel_configs: [{ target_label: proto, replacement: v1 }]
            - url: {{url}}
              protobuf_message: io.prometheus.write.v2.Request
              queue_config: { batch_send_deadline: 1s }
              write_relabel_configs: [{ target_label: proto, replacement: v2 }]
            {{scrape}}
            """);
        await File.WriteAllTextAsync(_folder["vmagent.yml"], $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s, external_labels: { sender: vmagent } }
            {{scrape}}
            """);
    }
}
