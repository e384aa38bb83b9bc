using System.Globalization;
using Tsdb.Testing.Files;

namespace Tsdb.EndToEnd.Tests;

/// <summary>Kills the server: every acknowledged sample must be there afterwards, and none that was never sent.</summary>
public sealed class CrashTests
{
    private static readonly string[] SmallMemtables = ["--storage-memtable-bytes", "1MiB"];

    private TemporaryDirectory _folder = null!;

    // By default each moment comes once; tests/README.md tells how to run more.
    private static int Rounds => Environment.GetEnvironmentVariable("TSDB_CRASH_ROUNDS") is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : Enum.GetValues<CrashMoment>().Length;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryDirectory();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Kill_AtAnyMoment_LosesNothingAcknowledgedAndInventsNothing()
    {
        var random = new Random(TestContext.CurrentContext.Random.Next());
        var loads = new List<CrashLoad>();
        for (int round = 0; round < Rounds; round++)
        {
            var moment = (CrashMoment)(round % Enum.GetValues<CrashMoment>().Length);
            await using (ServerProcess server = await ServerProcess.StartAsync(_folder["data"], SmallMemtables))
            {
                foreach (CrashLoad earlier in loads.TakeLast(2))
                {
                    await earlier.CheckAsync(server);
                }

                var load = new CrashLoad(round);
                loads.Add(load);
                await load.RunUntilKilledAsync(server, moment, random);
            }

            if (moment == CrashMoment.WhileRecovering)
            {
                await KillWhileRecoveringAsync(random);
            }
        }

        await using ServerProcess last = await ServerProcess.StartAsync(_folder["data"]);
        long acknowledged = 0;
        foreach (CrashLoad load in loads)
        {
            acknowledged += await load.CheckAsync(last);
        }

        TestContext.Out.WriteLine($"{Rounds} rounds, {acknowledged} samples acknowledged, 0 lost");
    }

    [Test]
    public async Task Start_TruncatedLog_ServesWhatIsLeft()
    {
        var load = new CrashLoad(0);
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder["data"]))
        {
            await load.RunUntilKilledAsync(server, CrashMoment.AfterAnAcknowledgement, new Random(1));
        }

        CutLastSegments();
        await using ServerProcess again = await ServerProcess.StartAsync(_folder["data"]);
        foreach (CrashWriter writer in load.Writers)
        {
            List<int> present = await writer.ReadAsync(again);
            Assert.That(present, Is.EqualTo(Enumerable.Range(0, present.Count)), "What is left must be the oldest samples, without holes.");
            Assert.That(present, Has.Count.LessThanOrEqualTo(writer.Sent));
        }

        Assert.That(await again.WriteAsync("after value=1 1000000000"), Is.EqualTo(204));
        Assert.That(again.Output, Does.Contain("cut off").Or.Contain("is damaged from byte"), "What was lost must be named.");
    }

    // Once as soon as it listens, which is when it begins to open the database, and once a random moment later.
    private async Task KillWhileRecoveringAsync(Random random)
    {
        foreach (int milliseconds in new[] { 0, random.Next(1, 300) })
        {
            await using var server = ServerProcess.Launch(_folder["data"], SmallMemtables);
            await server.ListeningAsync();
            await Task.Delay(milliseconds); // not a wait for something: the moment is meant to be random
            await server.KillAsync();
        }
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
}
