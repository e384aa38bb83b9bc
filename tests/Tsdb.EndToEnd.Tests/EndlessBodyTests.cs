using System.Net.Sockets;
using System.Text;
using Tsdb.Testing.Files;

namespace Tsdb.EndToEnd.Tests;

/// <summary>Bodies that never end: the server cuts them off, holds no memory for them, and serves others meanwhile.</summary>
public sealed class EndlessBodyTests
{
    private const string Head = "POST /write HTTP/1.1\r\nHost: tsdb\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";

    private TemporaryDirectory _folder = null!;
    private ServerProcess _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryDirectory();
        _server = await ServerProcess.StartAsync(_folder["data"], "--write-max-line-protocol-bytes", "256MiB");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task Post_SenderFallsSilent_IsAnswered408AndOthersWriteMeanwhile()
    {
        using TcpClient sender = await ConnectAsync();
        NetworkStream stream = sender.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{Head}{Chunk("silent value=1 1000000000\nsilent val")}"));
        Assert.That(await _server.WriteAsync("meanwhile value=1 1000000000"), Is.EqualTo(204));

        string answer = await ReadToEndAsync(stream);
        Assert.That(answer, Does.StartWith("HTTP/1.1 408 "));
        Assert.That(answer, Does.Contain("{\"error\":\""));
        Assert.That(await _server.QueryNumberAsync("meanwhile", 1), Is.EqualTo(1));
    }

    [TestCase("endless value=1 1000000000\n", TestName = "Post_LinesWithoutEnd_AreCutOffAtTheLimitWithoutMemory")]
    [TestCase("one line that goes on and on", TestName = "Post_OneLineWithoutEnd_IsCutOffAtTheLimitWithoutMemory")]
    public async Task Post_EndlessBody_IsCutOffAtTheLimitWithoutMemory(string text)
    {
        Assert.That(await _server.WriteAsync(string.Concat(Enumerable.Repeat("warm value=1 1000000000\n", 10_000))), Is.EqualTo(204));
        long before = _server.PeakMemoryBytes;
        using TcpClient sender = await ConnectAsync();
        NetworkStream stream = sender.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Head));
        Task<string> answer = ReadToEndAsync(stream);
        byte[] chunk = Encoding.ASCII.GetBytes(Chunk(string.Concat(Enumerable.Repeat(text, 10_000))));
        try
        {
            while (!answer.IsCompleted)
            {
                await stream.WriteAsync(chunk);
            }
        }
        catch (IOException)
        {
            // The server has had enough.
        }

        Assert.That(await answer, Does.StartWith("HTTP/1.1 413 ").And.Contain("Write:MaxLineProtocolBytes"));
        Assert.That(_server.PeakMemoryBytes - before, Is.LessThan(64 << 20));
        Assert.That(await _server.WriteAsync("after value=1 1000000000"), Is.EqualTo(204));
    }

    private static string Chunk(string text) => $"{text.Length:x}\r\n{text}\r\n";

    private static async Task<string> ReadToEndAsync(NetworkStream stream)
    {
        var answer = new StringBuilder();
        byte[] buffer = new byte[4096];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
            {
                answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // Cut off by the server after its answer.
        }

        return answer.ToString();
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(_server.Client.BaseAddress!.Host, _server.Client.BaseAddress.Port);
        return client;
    }
}
