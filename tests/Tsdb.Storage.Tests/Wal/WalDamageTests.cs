using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Tsdb.Model.Errors;
using Tsdb.Storage.Wal;
using Tsdb.Testing.Logging;

namespace Tsdb.Storage.Tests.Wal;

/// <summary>Damage to what was durable: left out, named in log and metric, everything else kept.</summary>
[TestFixture]
internal sealed class WalDamageTests
{
    private static readonly ulong[] AllBatches = [.. Enumerable.Range(1, 15).Select(batch => (ulong)batch)];

    [Test]
    public async Task Replay_FlippedBitInAnyRecord_LosesThatRecordOnly([Values(1, 3)] int segment)
    {
        DamagedLog healthy = await DamagedLog.CreateAsync(isClosed: true);
        List<int> offsets = healthy.RecordOffsets(segment);
        int sampleRecords = segment == 3 ? offsets.Count - 2 : offsets.Count - 1; // a mark ends the last segment
        for (int record = 1; record < sampleRecords; record++)
        {
            for (int offset = offsets[record]; offset < offsets[record + 1]; offset++)
            {
                DamagedLog log = healthy.Copy();
                log.FlipBit(segment, offset, offset % 8);
                ulong lost = (ulong)((5 * (segment - 1)) + record);
                (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(log.Files);
                Assert.That(visitor.Sequences, Is.EqualTo(AllBatches.Where(batch => batch != lost)));
                Assert.That(result.Quarantined, Has.Count.EqualTo(1));
                Assert.That(
                    (result.Quarantined[0].Path, result.Quarantined[0].OffsetBytes, result.Quarantined[0].EndBytes, result.TornBytes),
                    Is.EqualTo((DamagedLog.PathOf(segment), (long)offsets[record], (long)offsets[record + 1], 0L)));
            }
        }
    }

    [Test]
    public async Task Replay_FlippedBitInASeriesRecord_KeepsSamplesThatAnotherGenerationExplains()
    {
        DamagedLog log = await DamagedLog.CreateAsync(isClosed: true);
        log.FlipBit(2, log.RecordOffsets(2)[0] + WalFormat.RecordHeaderBytes);
        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(log.Files);
        Assert.That(visitor.Sequences, Is.EqualTo(AllBatches));
        Assert.That(result.Quarantined, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Replay_FlippedBitInTheOnlySeriesRecord_QuarantinesItsSamples()
    {
        DamagedLog log = await DamagedLog.CreateAsync(isClosed: true);
        log.FlipBit(1, log.RecordOffsets(1)[0] + WalFormat.RecordHeaderBytes);
        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(log.Files);
        Assert.That(visitor.Sequences, Is.EqualTo(AllBatches[5..]));
        Assert.That(result.Quarantined, Has.Count.EqualTo(6));
        Assert.That(result.Quarantined[1].Reason, Is.EqualTo("1 samples are of series whose record is lost"));
        Assert.That(result.HighestSequence.Value, Is.EqualTo(15));
    }

    [TestCase(1, 0)]
    [TestCase(1, 63)]
    [TestCase(2, 16)]
    [TestCase(3, 9)]
    public async Task Replay_FlippedBitInASegmentHeader_KeepsEveryRecord(int segment, int offset)
    {
        DamagedLog log = await DamagedLog.CreateAsync(isClosed: true);
        log.FlipBit(segment, offset);
        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(log.Files);
        Assert.That(visitor.Sequences, Is.EqualTo(AllBatches));
        Assert.That(
            (result.Quarantined.Count, result.Quarantined[0].OffsetBytes, result.Quarantined[0].EndBytes, result.TornBytes),
            Is.EqualTo((1, 0L, 64L, 0L)));
    }

    [Test]
    public async Task Replay_MissingMiddleSegment_IsNamedAndTheRestKept()
    {
        DamagedLog log = await DamagedLog.CreateAsync(isClosed: true);
        log.Files.DeleteFile(DamagedLog.PathOf(2));
        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(log.Files);
        Assert.That(visitor.Sequences, Is.EqualTo(AllBatches[..5].Concat(AllBatches[10..])));
        Assert.That(result.Quarantined, Is.EqualTo(new[] { new WalQuarantinedRange(DamagedLog.PathOf(2), 0, 0, "the file is missing") }));
    }

    [Test]
    public async Task Replay_MissingFirstSegments_AreNamedTogether()
    {
        DamagedLog log = await DamagedLog.CreateAsync(isClosed: true);
        log.Files.DeleteFile(DamagedLog.PathOf(1));
        log.Files.DeleteFile(DamagedLog.PathOf(2));
        WalReplayResult result = TestLog.Look(log.Files).Result;
        Assert.That(result.Quarantined.Single().Reason, Is.EqualTo("it and the 1 segments after it are missing"));
        Assert.That(TestLog.Look(log.Files, firstSegment: 3).Result.Quarantined, Is.Empty);
    }

    [Test]
    public async Task Replay_EarlierSegmentCutAtARecordsEdge_IsNoticed()
    {
        DamagedLog log = await DamagedLog.CreateAsync(isClosed: true);
        byte[] bytes = log.Read(1);
        int end = log.RecordOffsets(1)[^2];
        log.Replace(1, bytes.AsSpan(0, end));
        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(log.Files);
        Assert.That(visitor.Sequences, Is.EqualTo(AllBatches.Where(batch => batch != 5)));
        Assert.That(
            result.Quarantined, Is.EqualTo(new[] { new WalQuarantinedRange(DamagedLog.PathOf(1), end, bytes.Length, "the file was cut short") }));
    }

    [Test]
    public async Task Replay_SegmentUnderAnotherName_IsQuarantinedWhole()
    {
        DamagedLog log = await DamagedLog.CreateAsync(isClosed: true);
        log.Replace(2, log.Read(1));
        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(log.Files);
        Assert.That(visitor.Sequences, Is.EqualTo(AllBatches[..5].Concat(AllBatches[10..])));
        Assert.That(result.Quarantined[0].Reason, Is.EqualTo("the file is segment 1 of shard 0"));
    }

    [Test]
    public async Task Replay_BytesOfAnotherSegmentInPlaceOfRecords_DoNotPass()
    {
        DamagedLog log = await DamagedLog.CreateAsync(isClosed: true);
        byte[] bytes = log.Read(2);
        log.Read(1).AsSpan(64).CopyTo(bytes.AsSpan(64)); // both hold the same kinds of record, so they are of one length
        log.Replace(2, bytes);
        Assert.That(TestLog.Look(log.Files).Visitor.Sequences, Is.EqualTo(AllBatches[..5].Concat(AllBatches[10..])));
    }

    [Test]
    public async Task Replay_Damage_IsNamedInLogAndMetric()
    {
        DamagedLog log = await DamagedLog.CreateAsync(isClosed: true);
        List<int> offsets = log.RecordOffsets(1);
        log.FlipBit(1, offsets[2] + 40);
        var counts = new Dictionary<string, long>();
        using var listener = new MeterListener { InstrumentPublished = static (instrument, listener) => Enable(instrument, listener) };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counts[instrument.Name] = counts.GetValueOrDefault(instrument.Name) + value);
        listener.Start();
        ListLogger logger = TestLog.Look(log.Files).Logger;
        Assert.That(logger.Messages, Has.Member((
            LogLevel.Error,
            $"/data/wal/0000/0000000001.log is damaged from byte {offsets[2]} to {offsets[3]} (a record's checksum does not match); "
            + "what was logged there is lost, replay goes on after it.")));
        Assert.That(counts["wal_quarantined_ranges"], Is.GreaterThanOrEqualTo(1));
        Assert.That(counts["wal_quarantined_bytes"], Is.GreaterThanOrEqualTo(offsets[3] - offsets[2]));
    }

    [TestCase(8, 9, "a record of type 9")]
    [TestCase(9, 4, "a record with flags 4")]
    public async Task Replay_UnknownTypeOrFlag_RefusesTheLog(int offsetInRecord, byte value, string expected)
    {
        DamagedLog log = await DamagedLog.CreateAsync(isClosed: true);
        byte[] bytes = log.Read(1);
        List<int> offsets = log.RecordOffsets(1);
        bytes[offsets[1] + offsetInRecord] = value;
        WalRecordHeader.Seal(bytes.AsSpan(offsets[1]..offsets[2]), segmentNumber: 1);
        log.Replace(1, bytes);
        Assert.That(
            () => TestLog.Look(log.Files),
            Throws.InstanceOf<DataFolderException>().With.Message.StartsWith($"/data/wal/0000/0000000001.log holds {expected} at byte {offsets[1]}, "));
    }

    [Test]
    public async Task Replay_NewerVersion_RefusesTheLog()
    {
        DamagedLog log = await DamagedLog.CreateAsync(isClosed: true);
        byte[] bytes = log.Read(2);
        bytes[8] = 2;
        uint crc = Encoding.Checksums.Crc32C.Compute(bytes.AsSpan(0, 60));
        BitConverter.TryWriteBytes(bytes.AsSpan(60), crc);
        log.Replace(2, bytes);
        Assert.That(() => TestLog.Look(log.Files), Throws.InstanceOf<DataFolderException>().With.Message.Contains("is of version 2"));
    }

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public bool Replay_AnyBytesInPlaceOfAny_NeverFailsNorInvents((ushort Offset, byte Value)[] edits, byte segment)
    {
        DamagedLog log = Healthy.Copy();
        int number = (segment % 3) + 1;
        byte[] bytes = log.Read(number);
        foreach ((ushort offset, byte value) in edits)
        {
            bytes[offset % bytes.Length] = value;
        }

        log.Replace(number, bytes);
        RecordingVisitor visitor = TestLog.Look(log.Files, repairs: true).Visitor;
        return visitor.Samples.TrueForAll(sample => sample.Sample == TestLog.SampleOf(sample.Sequence));
    }

    private static DamagedLog Healthy { get; } = Task.Run(() => DamagedLog.CreateAsync(isClosed: true)).GetAwaiter().GetResult();

    private static void Enable(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == WalMetrics.MeterName)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }
}
