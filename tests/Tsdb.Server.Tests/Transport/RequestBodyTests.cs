using System.IO.Compression;
using System.Net.Http.Headers;
using ZstdSharp;

namespace Tsdb.Server.Tests.Transport;

public sealed class RequestBodyTests
{
    private const int LimitBytes = 64 << 10;

    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.StartAsync(("Write:MaxLineProtocolBytes", "64KiB"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("gzip")]
    [TestCase("zstd")]
    [TestCase("identity")]
    public async Task Post_EncodedBody_IsDecoded(string encoding)
    {
        byte[] body = Encode(System.Text.Encoding.UTF8.GetBytes($"encoded,by={encoding} value=1 1000000000\n"), encoding);
        Assert.That((await _server.WriteAsync("/write", body, encoding)).Status, Is.EqualTo(204));
        Assert.That((await _server.GetAsync($"/api/v1/query?query=encoded{{by=\"{encoding}\"}}&time=1")).Result, Does.Contain("\"1\""));
    }

    [TestCase("gzip")]
    [TestCase("zstd")]
    public async Task Post_DamagedBody_Answers400(string encoding)
    {
        byte[] body = Encode(Lines(500), encoding);
        body.AsSpan(body.Length / 2, 20).Fill(0xA5);
        Answer answer = await _server.WriteAsync("/write", body, encoding);
        Assert.That(answer.Status, Is.EqualTo(400));
    }

    [TestCase("gzip")]
    [TestCase("zstd")]
    public async Task Post_BodyCutOff_Answers400AndWritesNoHalfOfALine(string encoding)
    {
        // Cut within the first line's timestamp: what remains of it is a line too, of another time.
        byte[] body = Encode(System.Text.Encoding.UTF8.GetBytes($"cut,by={encoding} value=1 1234567890123456789\n"), encoding);
        for (int kept = 1; kept < body.Length; kept++)
        {
            Answer answer = await _server.WriteAsync("/write", body[..kept], encoding);
            Assert.That(answer.Status, Is.EqualTo(400), $"{kept} of {body.Length} bytes");
            Assert.That(answer.Text, Does.Contain($"The {encoding} body is damaged"));
        }

        Answer times = await _server.GetAsync($"/api/v1/query?query=count_over_time(cut{{by=\"{encoding}\"}}[60y])&time=1234567880");
        Assert.That(times.Result, Is.EqualTo("[]"));
    }

    [Test]
    public async Task Post_UnknownEncoding_Answers415AndNamesTheKnown()
    {
        Answer answer = await _server.WriteAsync("/write", "m value=1"u8.ToArray(), "br");
        Assert.That(answer.Status, Is.EqualTo(415));
        Assert.That(answer.Text, Does.Contain("br").And.Contain("zstd"));
    }

    [TestCase("gzip")]
    [TestCase("zstd")]
    [TestCase("identity")]
    public async Task Post_TooLargeOnceDecoded_Answers413AndNamesTheSetting(string encoding)
    {
        byte[] body = Encode(new byte[LimitBytes + 1].Select(_ => (byte)'\n').ToArray(), encoding);
        Answer answer = await _server.WriteAsync("/write", body, encoding);
        Assert.That(answer.Status, Is.EqualTo(413));
        Assert.That(answer.Text, Does.Contain("65536").And.Contain("Write:MaxLineProtocolBytes"));
    }

    [Test]
    public async Task Post_MuchTooLarge_LetsTheSenderReadTheAnswer()
    {
        Answer answer = await _server.WriteAsync("/write", new byte[20 << 20], null);
        Assert.That(answer.Status, Is.EqualTo(413));
    }

    [Test]
    public async Task Post_TooLargeWithoutDeclaredLength_Answers413()
    {
        using var content = new StreamContent(new MemoryStream(Enumerable.Repeat((byte)'\n', LimitBytes + 1).ToArray()));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/write") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("text/plain");
        Answer answer = await Answer.OfAsync(await _server.Client.SendAsync(request));
        Assert.That(answer.Status, Is.EqualTo(413));
        Assert.That(answer.Text, Does.Contain("request too large"));
    }

    private static byte[] Lines(int count) => System.Text.Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Range(0, count).Select(i => $"m,i=i{i} value={i * 7919 % 1000} {i}\n")));

    private static byte[] Encode(byte[] body, string encoding)
    {
        if (encoding == "identity")
        {
            return body;
        }

        using var encoded = new MemoryStream();
        using (Stream encoder = encoding == "gzip"
            ? new GZipStream(encoded, CompressionLevel.Optimal, leaveOpen: true)
            : new CompressionStream(encoded, leaveOpen: true))
        {
            encoder.Write(body);
        }

        return encoded.ToArray();
    }
}
