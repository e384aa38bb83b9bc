using Microsoft.Extensions.Logging;
using Tsdb.Model.Files;
using Tsdb.Storage.Wal;
using Tsdb.Testing.Logging;

namespace Tsdb.Storage.Tests.Wal;

/// <summary>Unfinished writes at the end of the log: cut off, logged, and never counted as damage.</summary>
[TestFixture]
internal sealed class WalTornTailTests
{
    [Test]
    public async Task Replay_CutAtEachByteOfTheLastTwoRecords_KeepsEveryWholeRecord()
    {
        DamagedLog healthy = await DamagedLog.CreateAsync(isClosed: false);
        byte[] bytes = healthy.Read(3);
        List<int> offsets = healthy.RecordOffsets(3);
        for (int end = offsets[^3]; end < bytes.Length; end++)
        {
            DamagedLog log = healthy.Copy();
            log.Replace(3, bytes.AsSpan(0, end));
            int wholeEnd = end < offsets[^2] ? offsets[^3] : offsets[^2];
            int tornBytes = bytes.AsSpan(wholeEnd..end).LastIndexOfAnyExcept((byte)0) + 1; // zeros at the end may as well be room
            Require(log, lastBatch: end < offsets[^2] ? 13u : 14u, lastSegment: 3, tornBytes);
        }
    }

    [Test]
    public async Task Replay_TornTail_IsCutOnceAndNamedInTheLog()
    {
        DamagedLog log = await DamagedLog.CreateAsync(isClosed: false);
        int end = log.Read(3).Length;
        log.Append(3, 1, 2, 3);
        ListLogger logger = TestLog.Look(log.Files, repairs: true).Logger;
        Assert.That(logger.Messages, Has.Member((
            LogLevel.Warning,
            $"/data/wal/0000/0000000003.log ends in an unfinished write at byte {end}: 3 bytes, none acknowledged as durable, are cut off.")));
        Assert.That(log.Files.Crash().ReadAllBytes(DamagedLog.PathOf(3)), Has.Length.EqualTo(end));
        Require(log, lastBatch: 15, lastSegment: 3, tornBytes: 0);
    }

    [TestCase(1)]
    [TestCase(35)]
    [TestCase(36)]
    [TestCase(4096)]
    [TestCase(5 << 20)]
    public async Task Replay_ZeroTail_IsCutAndNotCalledTorn(int zeros)
    {
        DamagedLog log = await DamagedLog.CreateAsync(isClosed: false);
        log.Append(3, new byte[zeros]);
        int end = log.Read(3).Length - zeros;
        Require(log, lastBatch: 15, lastSegment: 3, tornBytes: 0);
        TestLog.Look(log.Files, repairs: true);
        Assert.That(log.Read(3), Has.Length.EqualTo(end));
    }

    [Test]
    public async Task Replay_TailClaimsFourGigabytes_IsCutWithoutAllocatingThem()
    {
        DamagedLog log = await DamagedLog.CreateAsync(isClosed: false);
        byte[] claim = Enumerable.Repeat((byte)0xFF, 100).ToArray();
        log.Append(3, claim);
        long before = GC.GetTotalAllocatedBytes();
        Require(log, lastBatch: 15, lastSegment: 3, tornBytes: 100);
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(64 << 20));
    }

    [Test]
    public async Task Replay_NewestSegmentStoppedInCreation_IsRemovedAndItsNumberUsedAgain([Values(0, 10, 63, 64, 200)] int lengthBytes)
    {
        DamagedLog log = await DamagedLog.CreateAsync(isClosed: false);
        log.Replace(4, new byte[lengthBytes]);
        WalReplayResult result = TestLog.Look(log.Files, repairs: true).Result;
        Assert.That((result.LastSegment, result.TornBytes, result.Quarantined.Count), Is.EqualTo((3L, 0L, 0)));
        Assert.That(log.Files.FileExists(DamagedLog.PathOf(4)), Is.False);
        await using (var next = new TestLog(log.Files))
        {
            await next.WriteAsync(16, slot: 1);
        }

        Require(log, lastBatch: 16, lastSegment: 4, tornBytes: 0);
    }

    [Test]
    public async Task Replay_OnlyLooking_ChangesNothing()
    {
        DamagedLog log = await DamagedLog.CreateAsync(isClosed: false);
        log.Append(3, 1, 2, 3);
        byte[] before = log.Read(3);
        TestLog.Look(log.Files, repairs: false);
        Assert.That(log.Read(3), Is.EqualTo(before));
    }

    [Test]
    public async Task Replay_AfterAKilledProcess_SyncsWhatOnlyTheSystemHeld()
    {
        DamagedLog log = await DamagedLog.CreateAsync(isClosed: false);
        using (IWritableFile file = log.Files.OpenForWriting(DamagedLog.PathOf(3)))
        {
            // The last record again, as if written but never synced.
            List<int> offsets = log.RecordOffsets(3);
            byte[] bytes = log.Read(3);
            file.Write(bytes.Length, bytes.AsSpan(offsets[^2]));
        }

        TestLog.Look(log.Files, repairs: true);
        Assert.That(log.Files.Crash().ReadAllBytes(DamagedLog.PathOf(3)), Has.Length.EqualTo(log.Read(3).Length));
    }

    private static void Require(DamagedLog log, ulong lastBatch, long lastSegment, long tornBytes)
    {
        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(log.Files);
        Assert.That(visitor.Sequences, Is.EqualTo(Enumerable.Range(1, (int)lastBatch).Select(batch => (ulong)batch)));
        Assert.That((result.LastSegment, result.TornBytes, result.Quarantined.Count), Is.EqualTo((lastSegment, tornBytes, 0)));
    }
}
