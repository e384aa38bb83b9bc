using System.IO.Compression;

namespace Tsdb.Server.Tests.Clients;

/// <summary>The statuses that make every client do the right thing: what it retries, drops or splits depends on nothing else.</summary>
public sealed class RetryMatrixTests
{
    private static readonly string[] WritePaths = ["/write", "/api/v2/write"];

    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.StartAsync(("Write:MaxLineProtocolBytes", "64KiB"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCaseSource(nameof(WritePaths))]
    public async Task Written_Is204WithoutABody(string path)
    {
        Answer answer = await _server.WriteAsync(path, "fine value=1 1000000000");
        Assert.That((answer.Status, answer.Text), Is.EqualTo((204, "")));
    }

    [TestCaseSource(nameof(WritePaths))]
    public async Task NotReady_Is503WithRetryAfterInWholeSeconds(string path)
    {
        await using RunningServer unopened = await RunningServer.StartUnopenedAsync();
        Answer answer = await unopened.WriteAsync(path, "early value=1 1");
        Assert.That(answer.Status, Is.EqualTo(503));
        Assert.That(answer.Header("Retry-After"), Does.Match("^[1-9][0-9]*$"));
        Assert.That(answer.Text, Does.Contain("being opened"));
        Assert.That((await unopened.GetAsync("/-/ready")).Status, Is.EqualTo(503));
        Assert.That((await unopened.GetAsync("/-/healthy")).Status, Is.EqualTo(200));
    }

    [TestCaseSource(nameof(WritePaths))]
    public async Task BadData_IsNever500(string path)
    {
        var random = new Random(7);
        for (int i = 0; i < 500; i++)
        {
            byte[] noise = new byte[random.Next(1, 400)];
            random.NextBytes(noise);
            byte[] body = [.. "m,t=x value=1 1\n"u8[..random.Next(0, 16)], .. noise];
            Answer answer = await _server.WriteAsync(path, body, encoding: null);
            Assert.That(answer.Status, Is.AnyOf(204, 400), Convert.ToHexString(body));
        }
    }

    [TestCaseSource(nameof(WritePaths))]
    public async Task PartialWrite_Is400AndWritingItAgainChangesNothing(string path)
    {
        string metric = path == "/write" ? "again_one" : "again_two";
        string lines = $"{metric} value=1 1000000000\nbad\n{metric} value=2 2000000000\n";
        string[] answers = [.. (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _server.WriteAsync(path, lines)))).Select(answer =>
        {
            Assert.That(answer.Status, Is.EqualTo(400));
            return answer.Text;
        })];
        Assert.That(answers.Distinct().Count(), Is.EqualTo(1));
        Assert.That(answers[0], Does.Contain("partial write: 1 of 3 lines refused, 2 samples written; line 2: "));
        Answer values = await _server.GetAsync($"/api/v1/query?query={metric}[1m]&time=10");
        Assert.That(values.Result, Does.Contain("""[[1,"1"],[2,"2"]]"""));
    }

    [TestCaseSource(nameof(WritePaths))]
    public async Task TooLarge_Is413AndItsHalvesAreTaken(string path)
    {
        string half = string.Concat(Enumerable.Range(0, 1200).Select(i => $"large,i={i} value=1 {i}000000000\n"));
        Assert.That((await _server.WriteAsync(path, half + half)).Status, Is.EqualTo(413));
        Assert.That((await _server.WriteAsync(path, half)).Status, Is.EqualTo(204));
    }

    [TestCase("gzip")]
    [TestCase("zstd")]
    public async Task Bomb_Is413WithoutMemory(string encoding)
    {
        byte[] bomb = Bomb(encoding, mebibytes: 256);
        Assert.That(bomb, Has.Length.LessThan(1 << 20));
        await using RunningServer server = await RunningServer.StartAsync(("Write:MaxLineProtocolBytes", "255MiB"));
        await server.WriteAsync("/write", "warm value=1 1");
        long before = GC.GetTotalAllocatedBytes();
        Answer answer = await server.WriteAsync("/write", bomb, encoding);
        Assert.That(answer.Status, Is.EqualTo(413));
        Assert.That(answer.Text, Does.Contain("Write:MaxLineProtocolBytes"));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(32 << 20));
    }

    private static byte[] Bomb(string encoding, int mebibytes)
    {
        using var encoded = new MemoryStream();
        using (Stream encoder = encoding == "gzip"
            ? new GZipStream(encoded, CompressionLevel.Optimal, leaveOpen: true)
            : new ZstdSharp.CompressionStream(encoded, leaveOpen: true))
        {
            byte[] text = new byte[1 << 20];
            text.AsSpan().Fill((byte)'x');
            for (int i = 0; i < mebibytes; i++)
            {
                encoder.Write(text);
            }
        }

        return encoded.ToArray();
    }
}
