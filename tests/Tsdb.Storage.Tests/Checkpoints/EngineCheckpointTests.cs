using Tsdb.Model.Labels;
using Tsdb.Model.Samples;
using Tsdb.Storage.Tests.Engine;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Checkpoints;

/// <summary>What a checkpoint saves a start from, and what a start does when checkpoints are damaged.</summary>
public sealed class EngineCheckpointTests
{
    private const string Wal = "/data/wal/0000";
    private static readonly LabelSet CpuA = LabelSet.OfMetric("cpu", ("host", "a"));
    private static readonly LabelSet CpuB = LabelSet.OfMetric("cpu", ("host", "b"));

    [Test]
    public async Task Dispose_SamplesInMemory_LeavesNoLogToReplay()
    {
        InMemoryFileSystem files = await StoppedTwiceAsync();
        foreach (string segment in files.List(Wal).Where(name => name.EndsWith(".log", StringComparison.Ordinal)))
        {
            files.DeleteFile($"{Wal}/{segment}");
        }

        await CheckAsync(files);
    }

    [Test]
    public async Task Dispose_NothingWrittenSince_KeepsTheCheckpoint()
    {
        InMemoryFileSystem files = await StoppedTwiceAsync();
        IReadOnlyList<string> before = files.List(Wal);
        await CheckAsync(files);

        Assert.That(files.List(Wal), Is.EqualTo(before));
    }

    [Test]
    public async Task Dispose_EverythingFlushed_LeavesNoCheckpoint()
    {
        InMemoryFileSystem files = await StoppedTwiceAsync();
        await using (EngineBed bed = await EngineBed.OpenAsync(files, shards: 1))
        {
            await bed.Engine.CompactAsync(CancellationToken.None);
        }

        Assert.That(files.List(Wal), Is.Empty);
        await CheckAsync(files);
    }

    [Test]
    public async Task Open_NewestCheckpointDamagedAnywhere_TellsAndLosesNothing()
    {
        InMemoryFileSystem pristine = await StoppedTwiceAsync();
        string newest = Checkpoints(pristine)[^1];
        byte[] bytes = pristine.ReadAllBytes(newest);
        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] damaged = [.. bytes];
            damaged[at] ^= 0x10;
            await CheckDamagedAsync(pristine, newest, damaged);
        }
    }

    [Test]
    public async Task Open_NewestCheckpointCutAnywhere_TellsAndLosesNothing()
    {
        InMemoryFileSystem pristine = await StoppedTwiceAsync();
        string newest = Checkpoints(pristine)[^1];
        byte[] bytes = pristine.ReadAllBytes(newest);
        for (int length = 0; length < bytes.Length; length += 7)
        {
            await CheckDamagedAsync(pristine, newest, bytes[..length]);
        }
    }

    [Test]
    public async Task Open_BothCheckpointsDamaged_ReplaysTheWholeLog()
    {
        InMemoryFileSystem files = await StoppedTwiceAsync();
        Assert.That(Checkpoints(files), Has.Length.EqualTo(2));
        foreach (string checkpoint in Checkpoints(files))
        {
            files.WriteAllBytes(checkpoint, "TSDBCKPT and nothing else"u8);
        }

        await CheckAsync(files);
    }

    [Test]
    public async Task Append_MuchIsLogged_WritesCheckpointsAndBoundsTheLog()
    {
        var files = new InMemoryFileSystem();
        var options = new StorageOptions { MemtableBytes = 256 << 20, MaxReplayBytes = 8 << 20 };
        LabelSet[] series = [.. Enumerable.Range(0, 500).Select(i => LabelSet.OfMetric("m", ("i", $"{i}")))];
        var random = new Random(3);
        await using (EngineBed bed = await EngineBed.OpenAsync(files, shards: 1, options))
        {
            int checkpointsSeen = 0;
            files.BeforeCall = (call, path) => checkpointsSeen += call == FileCall.Rename && path.EndsWith(".tmp", StringComparison.Ordinal) ? 1 : 0;
            for (int request = 0; request < 800; request++)
            {
                await bed.WriteAsync([.. series.SelectMany((labels, i) => Enumerable.Range(0, 10).Select(k => (labels, (long)((request * 10) + k), random.NextDouble())))]);
            }

            files.BeforeCall = null;
            Assert.That(checkpointsSeen, Is.GreaterThan(2));
            Assert.That(bed.Engine.Statistics.BlockSamples, Is.GreaterThan(0), "the log bounds the memtable's age");
        }

        await using EngineBed reopened = await EngineBed.OpenAsync(files, shards: 1, options);
        Dictionary<LabelSet, Sample[]> found = reopened.ReadAll();
        Assert.That(found.Values.Select(samples => samples.Length), Has.All.EqualTo(8000));
    }

    // Two runs, each with its own checkpoint; late and overwritten samples among them.
    private static async Task<InMemoryFileSystem> StoppedTwiceAsync()
    {
        var files = new InMemoryFileSystem();
        for (int run = 0; run < 2; run++)
        {
            await using EngineBed bed = await EngineBed.OpenAsync(files, shards: 1);
            await bed.WriteAsync((CpuA, (run * 10) + 1, 1), (CpuA, (run * 10) + 3, 3), (CpuB, 7, run));
            await bed.WriteAsync((CpuA, (run * 10) + 2, 2));
        }

        return files;
    }

    private static async Task CheckDamagedAsync(InMemoryFileSystem pristine, string path, byte[] damaged)
    {
        InMemoryFileSystem files = pristine.Crash();
        files.WriteAllBytes(path, damaged);
        await CheckAsync(files);
        Assert.That(files.FileExists(path + ".damaged"), Is.True);
    }

    private static async Task CheckAsync(InMemoryFileSystem files)
    {
        await using EngineBed bed = await EngineBed.OpenAsync(files, shards: 1);
        Dictionary<LabelSet, Sample[]> found = bed.ReadAll();
        Assert.That(found[CpuA], Is.EqualTo(new Sample[] { new(1, 1), new(2, 2), new(3, 3), new(11, 1), new(12, 2), new(13, 3) }));
        Assert.That(found[CpuB], Is.EqualTo(new Sample[] { new(7, 1) }));
    }

    private static string[] Checkpoints(InMemoryFileSystem files) =>
        [.. files.List(Wal).Where(name => name.EndsWith(".checkpoint", StringComparison.Ordinal)).Select(name => $"{Wal}/{name}")];
}
