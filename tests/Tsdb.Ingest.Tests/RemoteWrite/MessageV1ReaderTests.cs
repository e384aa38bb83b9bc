using Google.Protobuf;
using Tsdb.Ingest.RemoteWrite;
using Tsdb.Ingest.Tests.Testing;
using Tsdb.Model.Metadata;
using Tsdb.Testing.RemoteWrite;
using Tsdb.Testing.RemoteWrite.V1;

namespace Tsdb.Ingest.Tests.RemoteWrite;

public sealed class MessageV1ReaderTests
{
    private const string LongText = "abcdefghijklmnopqrstuvwxyz";

    private static readonly RemoteWriteOptions SmallLimits = new() { MaxLabels = 3, MaxLabelNameBytes = 10, MaxLabelValueBytes = 20 };

    private static IEnumerable<TestCaseData> BadSeries =>
    [
        new TestCaseData("no label __name__", new[] { ("job", "a") }).SetArgDisplayNames("no name"),
        new TestCaseData("no label __name__", new[] { ("__name__", ""), ("job", "a") }).SetArgDisplayNames("empty name"),
        new TestCaseData("no label __name__", Array.Empty<(string, string)>()).SetArgDisplayNames("no labels"),
        new TestCaseData("occurs twice", new[] { ("__name__", "up"), ("a", "1"), ("a", "2") }).SetArgDisplayNames("duplicate"),
        new TestCaseData("occurs twice", new[] { ("a", "1"), ("__name__", "up"), ("a", "1") }).SetArgDisplayNames("duplicate apart"),
        new TestCaseData("label name is empty", new[] { ("", "1"), ("__name__", "up") }).SetArgDisplayNames("empty label name"),
        new TestCaseData("limit of 3 (setting MaxLabels)", new[] { ("__name__", "up"), ("a", "1"), ("b", "2"), ("c", "3") }).SetArgDisplayNames("too many"),
        new TestCaseData("limit of 10 bytes (setting MaxLabelNameBytes)", new[] { ("__name__", "up"), (LongText, "1") }).SetArgDisplayNames("long name"),
        new TestCaseData("limit of 20 bytes (setting MaxLabelValueBytes)", new[] { ("__name__", LongText) }).SetArgDisplayNames("long value"),
    ];

    [Test]
    public void Write_Series_KeepsLabelsTimesAndValues()
    {
        using var fixture = new RemoteWriteFixture();

        RemoteWriteReport report = fixture.WriteV1(new V1Message()
            .Series(1_700_000_000_000, 1.5, ("__name__", "up"), ("job", "a"))
            .Series([(-5, -2.5), (0, 0)], ("__name__", "up"), ("job", "ü"))
            .Bytes);

        Assert.That(report, Is.EqualTo(new RemoteWriteReport { WrittenSamples = 3, Errors = report.Errors }));
        Assert.That(fixture.Appender.Samples, Is.EquivalentTo(new[]
        {
            "up{job=\"a\"} 1.5@1700000000000000000", "up{job=\"ü\"} -2.5@-5000000", "up{job=\"ü\"} 0@0",
        }));
    }

    [TestCase(0x7ff0000000000002L, TestName = "the staleness marker")]
    [TestCase(0x7ff8000000000001L, TestName = "the NaN Go writes")]
    [TestCase(unchecked((long)0xfff8dead0000beefL), TestName = "a NaN with a payload")]
    [TestCase(0x7ff0000000000000L, TestName = "+Inf")]
    [TestCase(1L, TestName = "the smallest denormal")]
    public void Write_Value_KeepsItsBits(long bits)
    {
        using var fixture = new RemoteWriteFixture();
        fixture.WriteV1(new V1Message().Series(1, BitConverter.Int64BitsToDouble(bits), ("__name__", "up")).Bytes);
        Assert.That(BitConverter.DoubleToInt64Bits(fixture.Appender.Appended[0].Sample.Value), Is.EqualTo(bits));
    }

    [Test]
    public void Write_UnsortedAndEmptyLabels_AreTheSameSeries()
    {
        using var fixture = new RemoteWriteFixture();
        fixture.WriteV1(new V1Message()
            .Series(1, 1, ("__name__", "up"), ("a", "1"), ("b", "2"))
            .Series(2, 2, ("b", "2"), ("a", "1"), ("__name__", "up"))
            .Series(3, 3, ("__name__", "up"), ("a", "1"), ("aa", ""), ("b", "2"))
            .Bytes);
        Assert.That(fixture.Appender.Series.Select(series => series.ToString()), Is.EqualTo(new[] { "up{a=\"1\",b=\"2\"}" }));
    }

    [TestCaseSource(nameof(BadSeries))]
    public void Write_BadSeries_IsRefusedAndOthersWritten(string reason, (string, string)[] labels)
    {
        using var fixture = new RemoteWriteFixture(SmallLimits);
        byte[] message = new V1Message().Series(1, 1, ("__name__", "a")).Series([(2, 2), (3, 3)], labels).Series(4, 4, ("__name__", "b")).Bytes;

        RemoteWriteReport report = fixture.WriteV1(message);
        RemoteWriteReport again = fixture.WriteV1(message);

        Assert.That((report.WrittenSamples, report.RefusedSamples, report.RefusedSeries), Is.EqualTo((2, 2, 1)));
        Assert.That(report.Errors.Single().Reason, Does.Contain(reason));
        Assert.That(report.Message, Does.StartWith("partial write: 1 series refused with 2 of 4 samples, 2 samples written; {").And.Contains(reason));
        Assert.That(again.Message, Is.EqualTo(report.Message), "what was refused is not remembered as known");
    }

    [Test]
    public void Write_InvalidUtf8_IsRefused()
    {
        using var fixture = new RemoteWriteFixture();
        byte[] message = new V1Message().Series(1, 1, ("__name__", "up"), ("job", "aXXb")).Bytes;
        int at = message.AsSpan().IndexOf("XX"u8);
        message[at] = 0xFF;

        RemoteWriteReport report = fixture.WriteV1(message);

        Assert.That(report.Message, Does.StartWith("unable to parse: 1 series refused with 1 of 1 samples; {__name__=\"up\", job=\"a\uFFFDXb\"}: a label is not valid UTF-8"));
        Assert.That(fixture.Appender.Series, Is.Empty);
    }

    [Test]
    public void Write_TimestampsOutOfReach_AreRefusedOneByOne()
    {
        using var fixture = new RemoteWriteFixture();
        fixture.Appender.OldestAcceptedTimestampNs = 5_000_001;

        RemoteWriteReport report = fixture.WriteV1(new V1Message().Series([(5, 1), (6, 2), (long.MaxValue, 3), (long.MinValue, 4)], ("__name__", "up")).Bytes);

        Assert.That(fixture.Appender.Samples, Is.EqualTo(new[] { "up 2@6000000" }));
        Assert.That(report.RefusedSamples, Is.EqualTo(3));
        Assert.That(report.Errors.Select(error => error.Reason), Is.EqualTo(new[]
        {
            "the sample is older than the retention period",
            "the timestamp, in nanoseconds, does not fit 64 bits",
            "the timestamp, in nanoseconds, does not fit 64 bits",
        }));
    }

    [Test]
    public void Write_LabelsAfterSamples_CountAll()
    {
        // Protobuf lets a field come in parts: one label, a sample, another label.
        using var fixture = new RemoteWriteFixture();
        byte[] known = new V1Message().Series(1, 1, ("__name__", "up")).Bytes;
        byte[] first = SeriesOf(new V1Message().Series(2, 2, ("__name__", "up")).Bytes);
        byte[] second = SeriesOf(new V1Message().Series([], ("job", "a")).Bytes);
        byte[] series = [.. first, .. second];

        fixture.WriteV1(known);
        fixture.WriteV1([0x0A, (byte)series.Length, .. series]);

        Assert.That(fixture.Appender.Samples, Is.EqualTo(new[] { "up 1@1000000", "up{job=\"a\"} 2@2000000" }));
    }

    [Test]
    public void Write_NoSamples_CreatesNoSeries()
    {
        using var fixture = new RemoteWriteFixture();
        V1Message message = new V1Message().Series([], ("__name__", "up")).Series([], ("job", "nameless"));
        message.Request.Timeseries[0].Exemplars.Add(new Exemplar { Value = 1 });

        RemoteWriteReport report = fixture.WriteV1(message.Bytes);

        Assert.That(fixture.Appender.Series, Is.Empty);
        Assert.That((report.IsComplete, report.DroppedExemplars), Is.EqualTo((true, 1)));
    }

    [Test]
    public void Write_MetadataOnly_IsKeptAndSaved()
    {
        using var fixture = new RemoteWriteFixture();

        fixture.WriteV1(new V1Message()
            .Metadata("http_requests_total", Tsdb.Testing.RemoteWrite.V1.MetricMetadata.Types.MetricType.Counter, "Requests.", "")
            .Metadata("states", (Tsdb.Testing.RemoteWrite.V1.MetricMetadata.Types.MetricType)99, "", "s")
            .Bytes);

        Assert.That(fixture.Metadata.List(), Is.EqualTo(new[]
        {
            new Tsdb.Model.Metadata.MetricMetadata("http_requests_total", MetricType.Counter, "Requests.", ""),
            new Tsdb.Model.Metadata.MetricMetadata("states", MetricType.Unknown, "", "s"),
        }));
        Assert.That(fixture.Metadata.SaveCount, Is.EqualTo(1));
    }

    [Test]
    public void Write_EmptyMessage_IsComplete()
    {
        using var fixture = new RemoteWriteFixture();
        Assert.That(fixture.WriteV1([]).IsComplete);
    }

    [Test]
    public void Write_ManyErrors_DescribesAHundred()
    {
        using var fixture = new RemoteWriteFixture();
        var message = new V1Message();
        for (int i = 0; i < 150; i++)
        {
            message.Series(1, 1, ("i", $"{i}"));
        }

        RemoteWriteReport report = fixture.WriteV1(message.Bytes);

        Assert.That((report.Errors.Count, report.RefusedSeries), Is.EqualTo((100, 150)));
    }

    // The payload of the one series of a message.
    private static byte[] SeriesOf(byte[] message) => WriteRequest.Parser.ParseFrom(message).Timeseries[0].ToByteArray();
}
