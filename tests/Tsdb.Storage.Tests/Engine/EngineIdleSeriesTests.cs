using Microsoft.Extensions.Time.Testing;
using Tsdb.Model.Errors;
using Tsdb.Model.Labels;
using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Writing;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Engine;

/// <summary>Series that nobody writes to leave memory after two rotations; their samples, and the right to come back, stay.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EngineIdleSeriesTests
{
    private static readonly LabelSet Busy = LabelSet.OfMetric("busy");
    private static readonly LabelSet Idle = LabelSet.OfMetric("idle");
    private static readonly TimeSpan MoreThanTheGrace = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private int _writes;

    [Test]
    public async Task Rotation_SeriesIdleForTwo_LeavesMemoryAndIsFoundInBlocks()
    {
        await using EngineBed bed = await OpenAsync(new InMemoryFileSystem());
        await bed.WriteAsync((Idle, 1, 1));

        await ForgetIdleAsync(bed);

        Assert.That(bed.ReadAll()[Idle], Is.EqualTo(new Sample[] { new(1, 1) }));
        Assert.That(bed.ReadAll()[Busy], Has.Length.EqualTo(_writes));
    }

    [Test]
    public async Task Append_SeriesThatLeftMemory_GetsANewSlotAndReadsAsOne()
    {
        var files = new InMemoryFileSystem();
        await using (EngineBed bed = await OpenAsync(files))
        {
            await bed.WriteAsync((Idle, 1, 1));
            SeriesHandle before = bed.Engine.Appender.Resolve(Idle.Canonical);
            await ForgetIdleAsync(bed);
            await bed.WriteAsync((Idle, 2, 2));

            Assert.That(bed.Engine.Appender.Resolve(Idle.Canonical), Is.Not.EqualTo(before));
            Assert.That(bed.ReadAll()[Idle], Is.EqualTo(new Sample[] { new(1, 1), new(2, 2) }));
        }

        await using EngineBed again = await OpenAsync(files);
        Assert.That(again.ReadAll()[Idle], Is.EqualTo(new Sample[] { new(1, 1), new(2, 2) }));
    }

    [Test]
    public async Task Append_HandleOfASeriesThatLeftMemory_IsRefusedWhole()
    {
        await using EngineBed bed = await OpenAsync(new InMemoryFileSystem());
        IAppender appender = bed.Engine.Appender;
        await bed.WriteAsync((Idle, 1, 1));
        SeriesHandle kept = appender.Resolve(Idle.Canonical);
        await ForgetIdleAsync(bed);
        long forgettings = appender.Forgettings;
        Dictionary<LabelSet, Sample[]> before = bed.ReadAll();
        var batch = new WriteBatch(appender.ShardCount);
        batch.Add(appender.Resolve(Busy.Canonical), 1000, 1);
        batch.Add(kept, 1000, 1);

        Assert.That(appender.AreKnown([kept]), Is.False);
        Assert.That(() => appender.Append(batch), Throws.TypeOf<UnavailableException>().With.Message.Contains("left memory"));
        Assert.That(appender.Forgettings, Is.EqualTo(forgettings + 2));
        Assert.That(bed.ReadAll(), Is.EqualTo(before));
    }

    [Test]
    public async Task Rotation_SeriesResolvedButNotWritten_StaysForTwo()
    {
        await using EngineBed bed = await OpenAsync(new InMemoryFileSystem());
        await bed.WriteAsync((Busy, ++_writes, 1), (Idle, 1, 1));
        await bed.Engine.CompactAsync(CancellationToken.None);
        SeriesHandle handle = bed.Engine.Appender.Resolve(Idle.Canonical);
        await CompactAsync(bed);
        await CompactAsync(bed);

        Assert.That(bed.Engine.Appender.AreKnown([handle]), Is.True);
    }

    [Test]
    public async Task Append_SeriesComeInTurn_LeaveMemoryLongBeforeTheMemtableIsFull()
    {
        const int perTurn = 60_000;
        var options = new StorageOptions { WalSegmentBytes = 64 << 20 };
        await using EngineBed bed = await EngineBed.OpenAsync(new InMemoryFileSystem(), shards: 1, options, _time);
        for (int turn = 0; turn < 3; turn++)
        {
            for (int round = 0; round < 3; round++)
            {
                await WriteTurnAsync(bed, turn, perTurn, timestampNs: (turn * 3) + round);
            }
        }

        Assert.That(
            () =>
            {
                _time.Advance(MoreThanTheGrace);
                return bed.Engine.Statistics.HeadSeries;
            },
            Is.LessThanOrEqualTo(2 * perTurn).After(30_000, 20));
        Assert.That(bed.ReadAll(), Has.Count.EqualTo(3 * perTurn));
    }

    [TestCase(CrashSurvivors.SyncedOnly)]
    [TestCase(CrashSurvivors.Everything)]
    public async Task Crash_BeforeEachCallWhileSeriesComeAndGo_KeepsAcknowledgedSamples(CrashSurvivors survivors)
    {
        var images = new List<(string Call, int Acknowledged, InMemoryFileSystem Disk)>();
        int acknowledged = 0;
        var disk = new InMemoryFileSystem();
        disk.BeforeCall = (call, path) => images.Add(($"{call} {path}", Volatile.Read(ref acknowledged), disk.Crash(survivors, images.Count)));
        await using (EngineBed bed = await OpenAsync(disk))
        {
            for (int life = 0; life < 3; life++)
            {
                await bed.WriteAsync((Idle, life, life));
                Interlocked.Increment(ref acknowledged);
                await ForgetIdleAsync(bed);
            }
        }

        disk.BeforeCall = null;
        Assert.That(images, Has.Count.GreaterThan(50));
        foreach ((string call, int written, InMemoryFileSystem image) in images)
        {
            await using EngineBed bed = await OpenAsync(image);
            Sample[] found = bed.ReadAll().GetValueOrDefault(Idle, []);
            Assert.That(found, Is.SupersetOf(Enumerable.Range(0, written).Select(life => new Sample(life, life))), $"after a crash before: {call}");
            Assert.That(found, Has.Length.LessThanOrEqualTo(written + 1), $"after a crash before: {call}");
        }
    }

    [Test]
    public async Task Read_WhileSeriesComeAndGo_SeesEverySampleOnce()
    {
        await using EngineBed bed = await OpenAsync(new InMemoryFileSystem());
        await bed.WriteAsync((Idle, 1, 1));
        bool isDone = false;
        Task[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            int least = 0;
            while (!Volatile.Read(ref isDone))
            {
                Dictionary<LabelSet, Sample[]> all = bed.ReadAll();
                Assert.That(all[Idle], Is.EqualTo(new Sample[] { new(1, 1) }));
                int count = all.GetValueOrDefault(Busy, []).Length;
                Assert.That(count, Is.GreaterThanOrEqualTo(least));
                least = count;
            }
        }))];
        for (int round = 0; round < 30; round++)
        {
            await bed.WriteAsync([.. Enumerable.Range(0, 50).Select(i => (LabelSet.OfMetric("brief", ("i", $"{round}-{i}")), 5L, 1.0))]);
            await CompactAsync(bed);
        }

        Volatile.Write(ref isDone, true);
        await Task.WhenAll(readers);
        Assert.That(bed.ReadAll()[Busy], Has.Length.EqualTo(_writes));
        Assert.That(bed.Engine.Statistics.HeadSeries, Is.LessThan(500));
    }

    private static async Task WriteTurnAsync(EngineBed bed, int turn, int series, long timestampNs)
    {
        const int perBatch = 1000;
        for (int first = 0; first < series; first += perBatch)
        {
            await bed.WriteAsync(
                Durability.Os, [.. Enumerable.Range(first, perBatch).Select(i => (LabelSet.OfMetric("brief", ("i", $"{turn}-{i}")), timestampNs, 1.0))]);
        }
    }

    private Task<EngineBed> OpenAsync(InMemoryFileSystem files) => EngineBed.OpenAsync(files, shards: 1, time: _time);

    private async Task ForgetIdleAsync(EngineBed bed)
    {
        for (int rotation = 0; rotation < 3; rotation++)
        {
            await CompactAsync(bed);
        }

        Assert.That(() => bed.Engine.Statistics.HeadSeries, Is.EqualTo(1).After(10_000, 5), "only the busy series stays");
    }

    // A rotation with the busy series in it, and what the flush loop does after it.
    private async Task CompactAsync(EngineBed bed)
    {
        await bed.WriteAsync((Busy, ++_writes, 1));
        _time.Advance(MoreThanTheGrace);
        await bed.Engine.CompactAsync(CancellationToken.None);
    }
}
