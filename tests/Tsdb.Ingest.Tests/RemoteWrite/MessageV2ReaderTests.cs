using Google.Protobuf;
using Tsdb.Ingest.RemoteWrite;
using Tsdb.Ingest.Tests.Testing;
using Tsdb.Model.Metadata;
using Tsdb.Testing.RemoteWrite;
using Tsdb.Testing.RemoteWrite.V2;
using MetricTypeV2 = Tsdb.Testing.RemoteWrite.V2.Metadata.Types.MetricType;

namespace Tsdb.Ingest.Tests.RemoteWrite;

public sealed class MessageV2ReaderTests
{
    private static V2Message TwoSeries => new V2Message()
        .Series(1_700_000_000_000, 1.5, ("__name__", "up"), ("job", "a"))
        .Series([(1, -2), (2, 3)], ("__name__", "up"), ("job", "b"));

    private static IEnumerable<TestCaseData> BadReferences =>
    [
        new TestCaseData(new uint[] { 1, 2, 1 }, "a name without a value").SetArgDisplayNames("odd"),
        new TestCaseData(new uint[] { 1, 99 }, "beyond the symbol table").SetArgDisplayNames("unknown"),
        new TestCaseData(new uint[] { 0, 2 }, "a label name is empty").SetArgDisplayNames("the empty symbol as a name"),
        new TestCaseData(new uint[] { 1, 0 }, "no label __name__").SetArgDisplayNames("the empty symbol as a value"),
        new TestCaseData(Enumerable.Repeat(1U, 300).ToArray(), "more labels than the limit of 128").SetArgDisplayNames("too many"),
    ];

    [Test]
    public void Write_Series_KeepsLabelsTimesAndValues([Values] bool areSymbolsLast, [Values(1, 2)] int times)
    {
        using var fixture = new RemoteWriteFixture();
        byte[] message = areSymbolsLast ? TwoSeries.BytesWithSymbolsLast : TwoSeries.Bytes;
        RemoteWriteReport report = fixture.WriteV2(message);
        for (int i = 1; i < times; i++)
        {
            report = fixture.WriteV2(message); // now of known series
        }

        Assert.That(report, Is.EqualTo(new RemoteWriteReport { WrittenSamples = 3, Errors = report.Errors }));
        Assert.That(fixture.Appender.Samples.Distinct(), Is.EquivalentTo(new[]
        {
            "up{job=\"a\"} 1.5@1700000000000000000", "up{job=\"b\"} -2@1000000", "up{job=\"b\"} 3@2000000",
        }));
        Assert.That(fixture.Appender.ResolveCount, Is.EqualTo(2));
    }

    [Test]
    public void Write_ReferencesNotPacked_AreReadToo()
    {
        using var fixture = new RemoteWriteFixture();
        byte[] sample = new Sample { Timestamp = 1, Value = 2 }.ToByteArray();
        byte[] series = [0x08, 1, 0x08, 2, 0x12, (byte)sample.Length, .. sample];

        fixture.WriteV2([.. new Request { Symbols = { "", "__name__", "up" } }.ToByteArray(), 0x2A, (byte)series.Length, .. series]);

        Assert.That(fixture.Appender.Samples, Is.EqualTo(new[] { "up 2@1000000" }));
    }

    [TestCaseSource(nameof(BadReferences))]
    public void Write_BadReferences_AreRefusedAndOthersWritten(uint[] references, string reason)
    {
        using var fixture = new RemoteWriteFixture();
        V2Message message = new V2Message().Series(1, 1, ("__name__", "up")).Series(2, 2, ("__name__", "down"));
        message.Request.Timeseries[0].LabelsRefs.Clear();
        message.Request.Timeseries[0].LabelsRefs.AddRange(references);

        RemoteWriteReport report = fixture.WriteV2(message.Bytes);

        Assert.That(report.Errors.Single().Reason, Does.Contain(reason));
        Assert.That(fixture.Appender.Samples, Is.EqualTo(new[] { "down 2@2000000" }));
    }

    [Test]
    public void Write_SeriesWithoutSamples_IsRefused()
    {
        using var fixture = new RemoteWriteFixture();
        RemoteWriteReport report = fixture.WriteV2(new V2Message().Series([], ("__name__", "up")).Bytes);
        Assert.That(report.Message, Is.EqualTo(
            "unable to parse: 1 series refused with 0 of 0 samples; {__name__=\"up\"}: the series holds neither a sample nor a histogram"));
    }

    [Test]
    public void Write_SymbolNotUtf8_RefusesItsSeriesOnly()
    {
        using var fixture = new RemoteWriteFixture();
        byte[] message = new V2Message().Series(1, 1, ("__name__", "up"), ("job", "XX")).Series(2, 2, ("__name__", "up")).Bytes;
        message[message.AsSpan().IndexOf("XX"u8)] = 0xFF;

        RemoteWriteReport report = fixture.WriteV2(message);

        Assert.That(report.Errors.Single().Reason, Does.Contain("not valid UTF-8"));
        Assert.That(fixture.Appender.Samples, Is.EqualTo(new[] { "up 2@2000000" }));
    }

    [Test]
    public void Write_LabelThatLooksLikeTheEndOfAKey_IsItsOwnSeries()
    {
        // The byte that follows a key while the cache is asked may also begin a label's name.
        using var fixture = new RemoteWriteFixture();
        byte[] message = new V2Message().Series(1, 1, ("__name__", "up")).Series(2, 2, ("__name__", "up"), ("\0a", "b")).Bytes;
        fixture.WriteV2(message);
        fixture.WriteV2(new V2Message().Series(3, 3, ("__name__", "up"), ("\0a", "b")).Bytes);
        fixture.WriteV2(message);

        Assert.That(fixture.Appender.Samples.Distinct().Count(sample => sample.StartsWith("up ", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [TestCase(MetricTypeV2.Histogram, "a_bucket", "a")]
    [TestCase(MetricTypeV2.Histogram, "a_count", "a")]
    [TestCase(MetricTypeV2.Gaugehistogram, "a_sum", "a")]
    [TestCase(MetricTypeV2.Summary, "a_sum", "a")]
    [TestCase(MetricTypeV2.Summary, "a_bucket", "a_bucket")]
    [TestCase(MetricTypeV2.Counter, "a_count", "a_count")]
    [TestCase(MetricTypeV2.Unspecified, "a_sum", "a_sum")]
    public void Write_Metadata_IsKeptByFamily(MetricTypeV2 type, string name, string family)
    {
        using var fixture = new RemoteWriteFixture();
        fixture.WriteV2(new V2Message().Series(1, 1, ("__name__", name)).Metadata(type, "What it is.", "seconds").Bytes);
        Assert.That(fixture.Metadata.List(), Is.EqualTo(new[] { new MetricMetadata(family, (MetricType)type, "What it is.", "seconds") }));
    }

    [Test]
    public void Write_SameMetadataInARow_IsTakenOnce()
    {
        using var fixture = new RemoteWriteFixture();
        var message = new V2Message();
        for (int i = 0; i < 10; i++)
        {
            message.Series(1, 1, ("__name__", "up"), ("i", $"{i}")).Metadata(MetricTypeV2.Gauge, "Up.", "");
        }

        fixture.WriteV2(message.Bytes);

        Assert.That(fixture.Metadata.SetCount, Is.EqualTo(1));
    }

    [Test]
    public void Write_TooManySymbols_IsRefusedWhole()
    {
        using var fixture = new RemoteWriteFixture(new RemoteWriteOptions { MaxSymbols = 3 });
        Assert.That(() => fixture.WriteV2(TwoSeries.Bytes), Throws.TypeOf<MalformedMessageException>().With.Message.Contains("limit of 3 (setting MaxSymbols)"));
    }

    [Test]
    public void Write_LongSymbolReferredToWithoutEnd_IsRefused()
    {
        using var fixture = new RemoteWriteFixture(keepsSamples: false);
        var message = new V2Message();
        (string, string)[] labels = [("__name__", "up"), .. Enumerable.Range(0, 120).Select(i => ($"l{i}", new string('x', 16 << 10)))];
        for (int i = 0; i < 600; i++)
        {
            message.Series(i, 1, labels);
        }

        Assert.That(() => fixture.WriteV2(message.Bytes), Throws.TypeOf<MalformedMessageException>().With.Message.Contains("come to more than"));
    }
}
