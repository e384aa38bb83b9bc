using System.IO.Compression;
using System.Net.Http.Headers;

namespace Tsdb.Server.Tests.Clients;

/// <summary>Requests as Telegraf's outputs influxdb and influxdb_v2 send them.</summary>
public sealed class TelegrafRequestTests
{
    private const string Lines = "cpu,cpu=cpu0,host=h usage_idle=97.5,usage_user=1i 1700000000000000000\nmem,host=h active=42u,note=\"text\" 1700000000000000000\n";

    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task OutputInfluxdb_CreatesItsDatabaseThenWritesGzip()
    {
        using HttpRequestMessage create = Request("/query", new FormUrlEncodedContent([KeyValuePair.Create("q", "CREATE DATABASE \"telegraf\"")]));
        Answer created = await Answer.OfAsync(await _server.Client.SendAsync(create));
        Assert.That(created.Status, Is.EqualTo(200));
        Assert.That(created.ContentHeaders.ContentType!.MediaType, Is.EqualTo("application/json"));
        Assert.That(created.Json.GetProperty("results")[0].TryGetProperty("error", out _), Is.False);

        await RequireWrittenAsync(Request("/write?consistency=any&db=telegraf&rp=", GzipLines()), host: "h");
    }

    [TestCase("Token ")]
    [TestCase("Token secret")]
    public async Task OutputInfluxdbV2_WritesGzip(string authorization)
    {
        HttpRequestMessage request = Request("/api/v2/write?bucket=telegraf&org=home", GzipLines());
        Assert.That(request.Headers.TryAddWithoutValidation("Authorization", authorization), Is.True);
        request.Headers.Add("Accept", "application/json");
        await RequireWrittenAsync(request, host: "h");
    }

    private static HttpRequestMessage Request(string path, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.UserAgent.ParseAdd("Telegraf/1.36.0 Go/1.24.5");
        return request;
    }

    // Compressed while it is sent, so of no declared length.
    private static StreamContent GzipLines()
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(Lines));
        }

        compressed.Position = 0;
        var content = new StreamContent(compressed);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("text/plain; charset=utf-8");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private async Task RequireWrittenAsync(HttpRequestMessage request, string host)
    {
        using (request)
        {
            request.Headers.TransferEncodingChunked = true;
            Answer answer = await Answer.OfAsync(await _server.Client.SendAsync(request));
            Assert.That((answer.Status, answer.Text), Is.EqualTo((204, "")));
        }

        Answer count = await _server.GetAsync($"/api/v1/query?query=count({{host=\"{host}\"}})&time=1700000000");
        Assert.That(count.Result, Does.Contain("\"3\""), "two fields of cpu and one of mem: the text is no sample");
    }
}
