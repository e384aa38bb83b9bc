using Microsoft.Extensions.Logging;
using Tsdb.Storage.Wal;
using Tsdb.Testing.Files;
using Tsdb.Testing.Logging;

namespace Tsdb.Storage.Tests.Wal;

/// <summary>Room that a segment makes on the disk before it writes there: zeros behind the records that nobody takes for anything else.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WalRoomTests
{
    private const int RoomBytes = 16 << 10;
    private const string FirstSegment = TestLog.Directory + "/0000000001.log";

    private static readonly WalOptions WithRoom = new() { SegmentBytes = 64 << 10, RoomBytes = RoomBytes };

    private readonly InMemoryFileSystem _disk = new();

    [Test]
    public async Task Append_WhileTheSegmentIsWritten_FileIsAWholeNumberOfSteps()
    {
        var files = new FaultyFileSystem(_disk);
        await using var log = new TestLog(files, WithRoom);
        for (ulong batch = 1; batch <= 100; batch++)
        {
            await log.WriteAsync(batch, slot: 1);
        }

        Assert.That(_disk.ReadAllBytes(FirstSegment), Has.Length.EqualTo(RoomBytes));
        Assert.That(files.Count(FileCall.SetLength), Is.EqualTo(1), "Room is made once for many writes.");
    }

    [Test]
    public async Task Dispose_SegmentWithRoom_IsCutToItsRecordsAndSynced()
    {
        await using (var log = new TestLog(_disk, WithRoom))
        {
            await log.WriteAsync(1);
        }

        byte[] bytes = _disk.Crash().ReadAllBytes(FirstSegment);
        Assert.That(bytes, Has.Length.LessThan(RoomBytes));
        Assert.That(TestLog.Look(_disk).Visitor.Sequences, Is.EqualTo(new ulong[] { 1 }));
    }

    [Test]
    public async Task StartGeneration_SegmentWithRoom_IsCutBeforeTheNextBegins()
    {
        await using var log = new TestLog(_disk, WithRoom);
        await log.WriteAsync(1);
        log.StartGeneration();
        await log.WriteAsync(2);

        Assert.That(_disk.Crash().ReadAllBytes(FirstSegment), Has.Length.LessThan(RoomBytes));
        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(_disk.Crash());
        Assert.That((result.LastSegment, result.Quarantined.Count), Is.EqualTo((2L, 0)));
        Assert.That(visitor.Sequences, Is.EqualTo(new ulong[] { 1, 2 }));
    }

    [Test]
    public async Task Replay_AfterACrash_CutsTheRoomAndSaysSo()
    {
        await using var log = new TestLog(_disk, WithRoom);
        await log.WriteAsync(1);
        InMemoryFileSystem image = _disk.Crash();

        (WalReplayResult result, RecordingVisitor visitor, ListLogger logger) = TestLog.Look(image, repairs: true);

        int endBytes = image.ReadAllBytes(FirstSegment).Length;
        Assert.That(visitor.Sequences, Is.EqualTo(new ulong[] { 1 }));
        Assert.That((result.TornBytes, result.LastSegmentLengthBytes), Is.EqualTo((0L, (long)endBytes)));
        Assert.That(logger.Messages, Has.Member((
            LogLevel.Information,
            $"{FirstSegment} was not closed: its records end at byte {endBytes}, {RoomBytes - endBytes} zeros after them, room made in advance, are cut off.")));
    }

    [Test]
    public async Task Replay_TornRecordInTheRoom_CountsWithoutTheZerosAfterIt()
    {
        await using var log = new TestLog(_disk, WithRoom);
        await log.WriteAsync(1);
        InMemoryFileSystem image = _disk.Crash();
        byte[] bytes = image.ReadAllBytes(FirstSegment);
        int endBytes = bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        bytes.AsSpan(endBytes, 5).Fill(7);
        image.WriteAllBytes(FirstSegment, bytes);

        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(image, repairs: true);

        Assert.That(result.TornBytes, Is.EqualTo(5));
        Assert.That(visitor.Sequences, Is.EqualTo(new ulong[] { 1 }));
        Assert.That(image.ReadAllBytes(FirstSegment), Has.Length.EqualTo(endBytes));
    }

    [Test]
    public async Task Replay_ZerosInAnEarlierSegment_AreDamage()
    {
        await using var log = new TestLog(_disk, WithRoom);
        await log.WriteAsync(1);
        await log.WriteAsync(2);
        log.StartGeneration();
        await log.WriteAsync(3);
        byte[] bytes = _disk.ReadAllBytes(FirstSegment);
        bytes.AsSpan(bytes.Length - 20).Clear();
        InMemoryFileSystem image = _disk.Crash();
        image.WriteAllBytes(FirstSegment, bytes);

        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(image);

        Assert.That(result.Quarantined.Max(range => range.EndBytes), Is.EqualTo(bytes.Length));
        Assert.That(visitor.Sequences, Is.EqualTo(new ulong[] { 1, 3 }));
    }

    [Test]
    public async Task Append_NoRoomToBeHad_WritesAllTheSame()
    {
        var files = new FaultyFileSystem(_disk);
        files.Fail(FileCall.SetLength);
        await using (var log = new TestLog(files, WithRoom))
        {
            await log.WriteAsync(1);
        }

        Assert.That(TestLog.Look(_disk.Crash()).Visitor.Sequences, Is.EqualTo(new ulong[] { 1 }));
    }
}
