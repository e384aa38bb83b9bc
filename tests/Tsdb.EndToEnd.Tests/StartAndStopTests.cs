using System.Net;
using Tsdb.Testing.Files;

namespace Tsdb.EndToEnd.Tests;

public sealed class StartAndStopTests
{
    private TemporaryDirectory _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryDirectory();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("--query-timeout soon", "Query:Timeout")]
    [TestCase("--storage-shard-count 1000", "Storage:ShardCount")]
    [TestCase("--listen http://0.0.0.0:0", "--allow-anonymous")]
    [TestCase("--no-such-option", "--no-such-option")]
    public async Task Start_BadSetting_ExitsWithASentenceThatNamesIt(string arguments, string named)
    {
        (int exitCode, string output) = await ServerProcess.RunAsync(["--data-dir", _folder["data"], .. arguments.Split(' ')]);
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Does.Contain(named));
        Assert.That(output.Split('\n'), Has.Length.EqualTo(1), "A sentence, not a stack trace.");
    }

    [Test]
    public async Task Start_FolderInUse_ExitsWithASentence()
    {
        await using ServerProcess first = await ServerProcess.StartAsync(_folder["data"]);
        (int exitCode, string output) = await ServerProcess.RunAsync("--data-dir", _folder["data"], "--listen", "http://127.0.0.1:0");
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Does.Contain(_folder["data"]));
        Assert.That(output, Does.Not.Contain("   at "), "A sentence, not a stack trace.");
        Assert.That(await first.WriteAsync("still value=1 1000000000"), Is.EqualTo(204));
    }

    [Test]
    public async Task Start_PortInUse_ExitsWithASentence()
    {
        await using ServerProcess first = await ServerProcess.StartAsync(_folder["one"]);
        string url = first.Client.BaseAddress!.ToString().TrimEnd('/');
        (int exitCode, string output) = await ServerProcess.RunAsync("--data-dir", _folder["two"], "--listen", url);
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Does.Contain(url.Split(':')[^1]).And.Not.Contain("   at "));
    }

    [Test]
    public async Task Help_Option_ListsEverySettingWithDefaultAndRange()
    {
        (int exitCode, string output) = await ServerProcess.RunAsync("--help");
        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.Contain("--query-max-samples").And.Contain("default 50000000").And.Contain("1 to"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no SIGTERM")]
    public async Task Terminate_RequestInFlight_IsAnsweredAndTheExitCodeIsZero()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder["data"]);

        // With Expect: 100-continue the body begins only when the server asks for it, so from then on the request is in flight.
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };
        using var client = new HttpClient(handler) { BaseAddress = server.Client.BaseAddress };
        client.DefaultRequestHeaders.ExpectContinue = true;
        using var body = new HeldBody("inflight value=1 1000000000\n", "inflight value=2 2000000000\n");
        Task<HttpResponseMessage> request = client.PostAsync("/write", body);
        await body.FirstPartSent;
        await server.TerminateAsync();
        body.Release();
        using HttpResponseMessage response = await request;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await server.WaitForExitAsync(), Is.Zero);

        await using ServerProcess again = await ServerProcess.StartAsync(_folder["data"]);
        Assert.That(await again.QueryNumberAsync("count_over_time(inflight[1m])", 10), Is.EqualTo(2));
    }

    /// <summary>A request body whose second part waits for the test.</summary>
    private sealed class HeldBody(string first, string second) : HttpContent
    {
        private readonly TaskCompletionSource _firstPartSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task FirstPartSent => _firstPartSent.Task;

        public void Release() => _release.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(first));
            await stream.FlushAsync();
            _firstPartSent.SetResult();
            await _release.Task;
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(second));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
