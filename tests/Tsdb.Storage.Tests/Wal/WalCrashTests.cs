using Tsdb.Model.Writing;
using Tsdb.Storage.Wal;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Wal;

/// <summary>Stops the log before each call that changes the disk, and requires every acknowledged batch and no invented one.</summary>
[TestFixture]
internal sealed class WalCrashTests
{
    private const ulong Batches = 40;

    [Test]
    public async Task Writing_StopAtEachCall_KeepsAcknowledgedBatches([Values] CrashSurvivors survivors)
    {
        var disk = new InMemoryFileSystem();
        disk.CreateDirectory("/data");
        List<(InMemoryFileSystem Image, ulong Acknowledged)> images = await RunAndTakeImages(disk, survivors, _ => Scenario(disk));
        Assert.That(images, Has.Count.GreaterThan((int)Batches));
        foreach ((InMemoryFileSystem image, ulong acknowledged) in images)
        {
            RequireAcknowledged(image, acknowledged);
        }
    }

    [Test]
    public async Task Reopening_StopAtEachCallAfterATornTail_KeepsAcknowledgedBatches([Values] CrashSurvivors survivors)
    {
        var disk = new InMemoryFileSystem();
        await Scenario(disk)(new Acknowledgement());
        string last = TestLog.SegmentsIn(disk).Last();
        disk.WriteAllBytes(last, [.. disk.ReadAllBytes(last), .. "torn"u8]);
        List<(InMemoryFileSystem Image, ulong Acknowledged)> images = await RunAndTakeImages(disk, survivors, acknowledgement => async _ =>
        {
            acknowledgement.Batch = Batches;
            await using var log = new TestLog(disk);
            await log.WriteAsync(Batches + 1);
            acknowledgement.Batch = Batches + 1;
        });
        foreach ((InMemoryFileSystem image, ulong acknowledged) in images)
        {
            RequireAcknowledged(image, acknowledged);
        }
    }

    private static void RequireAcknowledged(InMemoryFileSystem image, ulong acknowledged)
    {
        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(image, repairs: true);
        Assert.That(result.Quarantined, Is.Empty);
        Assert.That(visitor.Sequences, Is.EqualTo(Enumerable.Range(1, visitor.Sequences.Count).Select(batch => (ulong)batch)));
        Assert.That(visitor.Sequences, Has.Count.GreaterThanOrEqualTo((int)acknowledged));
        Assert.That(visitor.Samples, Has.All.Matches<LoggedSample>(sample => sample.Sample == TestLog.SampleOf(sample.Sequence)));

        // A second look finds the same, and nothing torn any more.
        (WalReplayResult again, RecordingVisitor secondVisitor, _) = TestLog.Look(image.Crash());
        Assert.That(secondVisitor.Samples, Is.EqualTo(visitor.Samples));
        Assert.That((again.TornBytes, again.Quarantined.Count, again.LastSegment), Is.EqualTo((0L, 0, result.LastSegment)));
    }

    private static async Task<List<(InMemoryFileSystem Image, ulong Acknowledged)>> RunAndTakeImages(
        InMemoryFileSystem disk, CrashSurvivors survivors, Func<Acknowledgement, Func<Acknowledgement, Task>> scenario)
    {
        var acknowledgement = new Acknowledgement();
        var images = new List<(InMemoryFileSystem, ulong)>();
        disk.BeforeCall = (_, _) => images.Add((disk.Crash(survivors, seed: images.Count), acknowledgement.Batch));
        await scenario(acknowledgement)(acknowledgement);
        disk.BeforeCall = null;
        images.Add((disk.Crash(survivors), acknowledgement.Batch));
        return images;
    }

    private static Func<Acknowledgement, Task> Scenario(InMemoryFileSystem disk) => async acknowledgement =>
    {
        await using var log = new TestLog(disk, new WalOptions { SegmentBytes = 64 << 10, RoomBytes = 4 << 10 });
        for (ulong batch = 1; batch <= Batches; batch++)
        {
            if (batch % 15 == 0)
            {
                log.StartGeneration();
            }

            Durability durability = batch % 3 == 0 ? Durability.Os : Durability.Always;
            await log.WriteAsync(batch, durability);
            acknowledgement.Batch = durability == Durability.Always ? batch : acknowledgement.Batch;
        }
    };

    /// <summary>The last batch acknowledged as synced; the disk's hook reads it on the flusher's thread.</summary>
    private sealed class Acknowledgement
    {
        private ulong _batch;

        public ulong Batch
        {
            get => Volatile.Read(ref _batch);
            set => Volatile.Write(ref _batch, value);
        }
    }
}
