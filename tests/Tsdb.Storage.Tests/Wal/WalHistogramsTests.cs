using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Writing;
using Tsdb.Storage.Wal;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Wal;

public sealed class WalHistogramsTests
{
    // The example of docs/formats.md#wal: changes only with the format's version.
    private const string GoldenPayload = "02 0E 05 03 80 C4 9F D5 0C 01 14 01 02 03 AA BB 01 02 03";

    [Test]
    public void Write_TheDocumentedExample_GivesTheDocumentedBytes()
    {
        HistogramColumns columns = ColumnsOf((7, 1_700_000_000_000_000_000, [0xAA, 0xBB]), (7, 1_700_000_010_000_000_000, [1, 2, 3]));

        Assert.That(BitConverter.ToString(Encode(columns)).Replace('-', ' '), Is.EqualTo(GoldenPayload));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool RoundTrip_AnySamples_GivesTheSame((uint Slot, long TimestampNs, FsCheck.NonEmptyArray<byte> Encoded)[] samples)
    {
        if (samples.Length == 0)
        {
            return true;
        }

        HistogramColumns written = ColumnsOf([.. samples.Select(sample => (sample.Slot, sample.TimestampNs, sample.Encoded.Get))]);
        var read = new HistogramColumns();
        return WalHistogramsPayload.TryRead(Encode(written), read)
            && read.Series.SequenceEqual(written.Series)
            && read.TimestampsNs.SequenceEqual(written.TimestampsNs)
            && read.Ends.SequenceEqual(written.Ends)
            && read.Bytes.SequenceEqual(written.Bytes);
    }

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public bool TryRead_AnyBytes_IsReadOrRefused(byte[] bytes)
    {
        var columns = new HistogramColumns();
        return !WalHistogramsPayload.TryRead(bytes, columns) || columns.Count > 0;
    }

    [Test]
    public void TryRead_EveryCutOrLongerForm_IsRefused()
    {
        byte[] bytes = Encode(ColumnsOf((7, 10, [0xAA, 0xBB]), (8, 20, [1, 2, 3])));
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.That(WalHistogramsPayload.TryRead(bytes.AsSpan(0, length), new HistogramColumns()), Is.False, $"cut to {length} bytes");
        }

        Assert.That(WalHistogramsPayload.TryRead([.. bytes, 0], new HistogramColumns()), Is.False, "a byte too many");
    }

    [Test]
    public async Task Replay_MoreThanARecordHolds_GivesAllInOrder()
    {
        var files = new InMemoryFileSystem();
        (uint Slot, long TimestampNs, byte[] Encoded)[] samples =
            [.. Enumerable.Range(0, 40).Select(i => ((uint)(i % 3), (long)i, Enumerable.Repeat((byte)(i + 1), 100_000).ToArray()))];
        await WriteAsync(files, ColumnsOf(samples), loggedSlots: 3);

        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(files);

        Assert.That(visitor.Histograms, Is.EqualTo(samples.Select(sample => (sample.Slot, sample.TimestampNs, Convert.ToHexString(sample.Encoded)))));
        Assert.That(result.HighestSequence, Is.EqualTo(new SequenceNumber(1)));
    }

    [Test]
    public async Task Replay_SlotWithoutItsSeries_QuarantinesThatSampleAlone()
    {
        var files = new InMemoryFileSystem();
        await WriteAsync(files, ColumnsOf((0, 1, [1]), (5, 2, [2]), (0, 3, [3])), loggedSlots: 1);

        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(files);

        Assert.That(visitor.Histograms, Is.EqualTo(new[] { (0u, 1L, "01"), (0u, 3L, "03") }));
        Assert.That(result.Quarantined.Single().Reason, Does.Contain("1 samples are of series whose record is lost"));
    }

    private static async Task WriteAsync(InMemoryFileSystem files, HistogramColumns columns, int loggedSlots)
    {
        await using var log = new TestLog(files);
        var series = new WalSeriesBatch();
        for (uint slot = 0; slot < loggedSlots; slot++)
        {
            series.Add(slot, TestLog.LabelsOf(slot).Canonical);
        }

        log.Writer.AppendSeries(new SequenceNumber(1), TenantId.Default, series);
        log.Writer.AppendHistograms(new SequenceNumber(1), TenantId.Default, columns);
        await log.Writer.WaitAsync(log.Writer.Position, Durability.Always, CancellationToken.None);
    }

    private static HistogramColumns ColumnsOf(params (uint Slot, long TimestampNs, byte[] Encoded)[] samples)
    {
        var columns = new HistogramColumns();
        foreach ((uint slot, long timestampNs, byte[] encoded) in samples)
        {
            columns.Add(new SeriesRef(slot), timestampNs, encoded);
        }

        return columns;
    }

    private static byte[] Encode(HistogramColumns columns)
    {
        int count = WalHistogramsPayload.Plan(columns, 0, out int maxBytes);
        Assert.That(count, Is.EqualTo(columns.Count));
        byte[] bytes = new byte[maxBytes];
        return bytes[..WalHistogramsPayload.Write(columns, 0, count, bytes)];
    }
}
