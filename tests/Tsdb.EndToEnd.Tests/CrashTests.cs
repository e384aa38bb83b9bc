using System.Globalization;
using System.Text;
using System.Text.Json;
using Tsdb.Testing.Files;

namespace Tsdb.EndToEnd.Tests;

/// <summary>Kills the server under load: every acknowledged sample must be there afterwards, and none that was never sent.</summary>
public sealed class CrashTests
{
    private const int Connections = 6;
    private const int LinesPerRequest = 40;
    private const long FirstSecond = 1_700_000_000;

    private TemporaryDirectory _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryDirectory();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Kill_UnderLoad_LosesNothingAcknowledgedAndInventsNothing()
    {
        var writers = Enumerable.Range(0, Connections).Select(connection => new Writer(connection)).ToArray();
        for (int round = 0; round < 3; round++)
        {
            await using ServerProcess server = await ServerProcess.StartAsync(_folder["data"], "--storage-memtable-bytes", "1MiB");
            await CheckAsync(server, writers);
            await WriteUntilKilledAsync(server, writers, requests: 60);
        }

        await using ServerProcess last = await ServerProcess.StartAsync(_folder["data"]);
        await CheckAsync(last, writers);
    }

    [Test]
    public async Task Start_TruncatedLog_ServesWhatIsLeft()
    {
        var writers = new Writer[] { new(0), new(1) };
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder["data"]))
        {
            await WriteUntilKilledAsync(server, writers, requests: 20);
        }

        CutLastSegments();
        await using ServerProcess again = await ServerProcess.StartAsync(_folder["data"]);
        foreach (Writer writer in writers)
        {
            List<int> present = await ReadAsync(again, writer);
            Assert.That(present, Is.EqualTo(Enumerable.Range(0, present.Count)), "What is left must be the oldest samples, without holes.");
            Assert.That(present, Has.Count.LessThanOrEqualTo(writer.Sent));
        }

        Assert.That(await again.WriteAsync("after value=1 1000000000"), Is.EqualTo(204));
    }

    private static async Task WriteUntilKilledAsync(ServerProcess server, Writer[] writers, int requests)
    {
        using var enough = new SemaphoreSlim(0);
        Task[] loads = [.. writers.Select(writer => writer.RunAsync(server, enough))];
        for (int i = 0; i < requests; i++)
        {
            Assert.That(await enough.WaitAsync(TimeSpan.FromMinutes(1)), Is.True, "The server stopped answering.");
        }

        await server.KillAsync();
        await Task.WhenAll(loads);
    }

    private static async Task CheckAsync(ServerProcess server, Writer[] writers)
    {
        foreach (Writer writer in writers)
        {
            List<int> present = await ReadAsync(server, writer);
            Assert.That(present.Intersect(Enumerable.Range(0, writer.Acknowledged)).Count(), Is.EqualTo(writer.Acknowledged), "acknowledged samples");
            Assert.That(present.Where(i => i >= writer.Sent), Is.Empty, "samples that were never sent");
        }
    }

    // The indexes of the writer's samples, each of which must have the value and the time it was sent with.
    private static async Task<List<int>> ReadAsync(ServerProcess server, Writer writer)
    {
        JsonElement result = await server.QueryAsync($"crash{{connection=\"{writer.Connection}\"}}[30d]", FirstSecond + 1_000_000);
        var present = new List<int>();
        if (result.GetArrayLength() == 0)
        {
            return present;
        }

        foreach (JsonElement point in result[0].GetProperty("values").EnumerateArray())
        {
            int index = int.Parse(point[1].GetString()!, CultureInfo.InvariantCulture);
            Assert.That(point[0].GetDouble(), Is.EqualTo(FirstSecond + index));
            present.Add(index);
        }

        return present;
    }

    // Cuts ten bytes off the written part of each shard's last segment, as a crash in the middle of a write may.
    private void CutLastSegments()
    {
        foreach (string shard in Directory.GetDirectories(Path.Combine(_folder["data"], "wal")))
        {
            string? last = Directory.GetFiles(shard, "*.log").Order(StringComparer.Ordinal).LastOrDefault(path => WrittenBytes(path) > 0);
            if (last is not null)
            {
                int written = WrittenBytes(last);
                using FileStream file = File.OpenWrite(last);
                file.SetLength(Math.Max(0, written - 10));
            }
        }
    }

    // Segments are preallocated: zeros follow what was written.
    private static int WrittenBytes(string path) => File.ReadAllBytes(path).AsSpan().LastIndexOfAnyExcept((byte)0) + 1;

    /// <summary>One connection that writes sample after sample, and remembers what was sent and what was acknowledged.</summary>
    private sealed class Writer(int connection)
    {
        public int Connection => connection;

        public int Sent { get; private set; }

        public int Acknowledged { get; private set; }

        public async Task RunAsync(ServerProcess server, SemaphoreSlim acknowledged)
        {
            while (true)
            {
                // What was sent but not acknowledged is sent again, as a client would.
                var lines = new StringBuilder();
                for (int i = Acknowledged; i < Acknowledged + LinesPerRequest; i++)
                {
                    lines.Append(CultureInfo.InvariantCulture, $"crash,connection={connection} value={i} {FirstSecond + i}000000000\n");
                }

                Sent = Acknowledged + LinesPerRequest;
                try
                {
                    if (await server.WriteAsync(lines.ToString()) != 204)
                    {
                        return;
                    }
                }
                catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
                {
                    return; // killed
                }

                Acknowledged = Sent;
                acknowledged.Release();
            }
        }
    }
}
