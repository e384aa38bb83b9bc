using System.Net.Http.Headers;
using Snappier;
using Tsdb.Testing.RemoteWrite;
using ZstdSharp;
using MetricTypeV1 = Tsdb.Testing.RemoteWrite.V1.MetricMetadata.Types.MetricType;
using MetricTypeV2 = Tsdb.Testing.RemoteWrite.V2.Metadata.Types.MetricType;

namespace Tsdb.Server.Tests.Endpoints.Write;

public sealed class RemoteWriteTests
{
    private const string V1Type = "application/x-protobuf";
    private const string V2Type = "application/x-protobuf;proto=io.prometheus.write.v2.Request";
    private const string WrittenHeaders = "X-Prometheus-Remote-Write-";

    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.StartAsync(("Write:MaxRemoteWriteBytes", "64KiB"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase(V1Type, "snappy", TestName = "1.0")]
    [TestCase(V1Type, null, TestName = "1.0 without encoding")]
    [TestCase(null, "snappy", TestName = "1.0 without content type")]
    [TestCase("application/x-protobuf; proto=prometheus.WriteRequest", "Snappy", TestName = "1.0 by its name")]
    [TestCase(V1Type, "zstd", TestName = "1.0 in zstd, as vmagent sends it")]
    public async Task PostV1_GoodSeries_Answers204AndTheyAreThere(string? type, string? encoding)
    {
        string job = TestContext.CurrentContext.Test.Name;
        byte[] message = new V1Message().Series(1_700_000_000_250, 1.5, ("job", job), ("__name__", "up")).Bytes;

        Answer answer = await PostAsync(message, type, encoding);

        Assert.That((answer.Status, answer.Text, Written(answer, "Samples")), Is.EqualTo((204, "", (string?)null)));
        Assert.That(
            (await _server.GetAsync($"/api/v1/query?query=up{{job=\"{job}\"}}&time=1700000001")).Result,
            Is.EqualTo($$$"""[{"metric":{"__name__":"up","job":"{{{job}}}"},"value":[1700000001,"1.5"]}]"""));
    }

    [TestCase(V2Type)]
    [TestCase("application/x-protobuf; proto=\"io.prometheus.write.v2.Request\"")]
    public async Task PostV2_GoodSeries_TellsWhatWasWritten(string type)
    {
        byte[] message = new V2Message().Series([(1_700_000_000_000, 1), (1_700_000_000_001, 2)], ("__name__", "v2"), ("job", "a")).Bytes;
        Answer answer = await PostAsync(message, type);
        Assert.That((answer.Status, answer.Text), Is.EqualTo((204, "")));
        Assert.That((Written(answer, "Samples"), Written(answer, "Histograms"), Written(answer, "Exemplars")), Is.EqualTo(("2", "0", "0")));
        Assert.That((await _server.GetAsync("/api/v1/query?query=count_over_time(v2[1m])&time=1700000001")).Result, Does.Contain("\"2\""));
    }

    [Test]
    public async Task Post_BadSeriesAmongGood_Answers400AndWritesTheGood()
    {
        byte[] message = new V2Message().Series(1_700_000_000_000, 1, ("__name__", "good")).Series(1_700_000_000_000, 1, ("job", "nameless")).Bytes;
        Answer answer = await PostAsync(message, V2Type);
        Assert.That((answer.Status, Written(answer, "Samples")), Is.EqualTo((400, "1")));
        Assert.That(answer.Text, Is.EqualTo(
            "partial write: 1 series refused with 1 of 2 samples, 1 samples written; {job=\"nameless\"}: the series has no label __name__, or an empty one\n" +
            "{job=\"nameless\"}: the series has no label __name__, or an empty one\n"));
        Assert.That((await _server.GetAsync("/api/v1/query?query=good&time=1700000001")).Result, Does.Contain("\"1\""));
    }

    [TestCase("application/json", "snappy", TestName = "JSON")]
    [TestCase("application/x-protobuf;proto=io.prometheus.write.v3.Request", "snappy", TestName = "an unknown message")]
    [TestCase(V1Type, "gzip", TestName = "gzip")]
    public async Task Post_UnknownTypeOrEncoding_Answers415(string type, string encoding)
    {
        Answer answer = await PostAsync(new V1Message().Series(1, 1, ("__name__", "up")).Bytes, type, encoding);
        Assert.That(answer.Status, Is.EqualTo(415));
        Assert.That(answer.Text, Does.Contain("is not supported"));
    }

    [TestCase("snappy", new byte[] { 5, 0 }, TestName = "a damaged Snappy block")]
    [TestCase("snappy", new byte[0], TestName = "no body")]
    [TestCase("zstd", new byte[] { 1, 2, 3, 4, 5 }, TestName = "no zstd")]
    [TestCase("snappy", new byte[] { 1, 0, 0x0A }, TestName = "damaged protobuf")]
    public async Task Post_Damaged_Answers400(string encoding, byte[] body)
    {
        Answer answer = await SendAsync(body, V2Type, encoding);
        Assert.That((answer.Status, Written(answer, "Samples")), Is.EqualTo((400, "0")));
        Assert.That(answer.ContentHeaders.ContentType?.MediaType, Is.EqualTo("text/plain"));
    }

    [TestCase("snappy")]
    [TestCase("zstd")]
    public async Task Post_TooLargeOnceDecoded_Answers413(string encoding)
    {
        byte[] message = new V1Message().Series(1, 1, ("__name__", "up"), ("large", new string('x', 70_000))).Bytes;
        Answer answer = await PostAsync(message, V1Type, encoding);
        Assert.That(answer.Status, Is.EqualTo(413));
        Assert.That(answer.Text, Does.Contain("65536 bytes").And.Contain("Write:MaxRemoteWriteBytes"));
    }

    [Test]
    public async Task Post_TooLargeAsItComes_Answers413([Values] bool isChunked)
    {
        using var content = new ByteArrayContent(new byte[200_000]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/write") { Content = content };
        request.Headers.TransferEncodingChunked = isChunked;
        Answer answer = await Answer.OfAsync(await _server.Client.SendAsync(request));
        Assert.That(answer.Status, Is.EqualTo(413));
    }

    [TestCase("durability=os", 400)]
    [TestCase("durability=always", 204)]
    [TestCase("durability=never", 400)]
    public async Task Post_Durability_IsHeeded(string query, int status)
    {
        byte[] message = new V1Message().Series(1, 1, ("__name__", "durable")).Bytes;
        Assert.That((await SendAsync(Snappy.CompressToArray(message), V1Type, "snappy", query)).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task Post_BeforeTheDatabaseIsOpen_Answers503()
    {
        await using RunningServer server = await RunningServer.StartUnopenedAsync();
        using var content = new ByteArrayContent([0]);
        Answer answer = await Answer.OfAsync(await server.Client.PostAsync("/api/v1/write", content));
        Assert.That((answer.Status, answer.Header("Retry-After")), Is.EqualTo((503, "1")));
    }

    [Test]
    public async Task Metadata_OfBothVersions_IsServed()
    {
        await PostAsync(new V1Message().Metadata("a_total", MetricTypeV1.Counter, "Counts \"a\".", "").Metadata("b", MetricTypeV1.Stateset, "", "").Bytes, V1Type);
        await PostAsync(new V2Message().Series(1, 1, ("__name__", "c_bucket")).Metadata(MetricTypeV2.Histogram, "Sizes.", "bytes").Bytes, V2Type);

        Assert.That(
            (await _server.GetAsync("/api/v1/metadata")).Data.GetRawText(),
            Is.EqualTo("""{"a_total":[{"type":"counter","help":"Counts \"a\".","unit":""}],"b":[{"type":"stateset","help":"","unit":""}],"c":[{"type":"histogram","help":"Sizes.","unit":"bytes"}]}"""));
        Assert.That((await _server.GetAsync("/api/v1/metadata?metric=b")).Data.EnumerateObject().Single().Name, Is.EqualTo("b"));
        Assert.That((await _server.GetAsync("/api/v1/metadata?metric=d")).Data.GetRawText(), Is.EqualTo("{}"));
        Assert.That((await _server.GetAsync("/api/v1/metadata?limit=2&limit_per_metric=1")).Data.EnumerateObject().Count(), Is.EqualTo(2));
        Assert.That((await _server.GetAsync("/api/v1/metadata?limit=x")).Status, Is.EqualTo(400));
    }

    private Task<Answer> PostAsync(byte[] message, string? type, string? encoding = "snappy")
    {
        using var compressor = new Compressor();
        byte[] body = encoding == "zstd" ? compressor.Wrap(message).ToArray() : Snappy.CompressToArray(message);
        return SendAsync(body, type, encoding);
    }

    private async Task<Answer> SendAsync(byte[] body, string? type, string? encoding, string query = "")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return await Answer.OfAsync(await _server.Client.PostAsync($"/api/v1/write?{query}", content));
    }

    private static string? Written(Answer answer, string what) => answer.Header($"{WrittenHeaders}{what}-Written");
}
