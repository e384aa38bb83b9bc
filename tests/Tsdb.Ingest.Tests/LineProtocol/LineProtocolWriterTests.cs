using System.IO.Pipelines;
using Tsdb.Ingest.LineProtocol;
using Tsdb.Ingest.Tests.Testing;
using Tsdb.Model.Errors;
using Tsdb.Model.Writing;

namespace Tsdb.Ingest.Tests.LineProtocol;

public sealed class LineProtocolWriterTests
{
    [TestCase("cpu,host=a usage=1.5 7", "cpu_usage{host=\"a\"} 1.5@7")]
    [TestCase("cpu,host=a value=1i 7", "cpu{host=\"a\"} 1@7")]
    [TestCase("prometheus,job=x up=1 7", "up{job=\"x\"} 1@7")]
    [TestCase("prometheus value=1 7", "prometheus 1@7")]
    [TestCase("m ok=t,bad=false 7", "m_ok 1@7", "m_bad 0@7")]
    [TestCase("m,b=2,a=1 v=1 7\nm,a=1,b=2 v=2 8", "m_v{a=\"1\",b=\"2\"} 1@7", "m_v{a=\"1\",b=\"2\"} 2@8")]
    [TestCase("m\\ x,k\\==v\\, f\\ g=1 7", "m x_f g{k==\"v,\"} 1@7")]
    [TestCase("m s=\"text\",v=1,t=\"a\nb\" 7", "m_v 1@7")]
    [TestCase("m s=\"text\" 7")]
    [TestCase("m v=1", "m_v 1@42")]
    [TestCase("# a comment\n\n  m v=1 7\r\n", "m_v 1@7")]
    public void Write_Line_BecomesOneSamplePerField(string text, params string[] expected)
    {
        using var fixture = new WriterFixture();

        WriteReport report = fixture.Write(text);

        Assert.That(report.IsComplete, Is.True, report.Message);
        Assert.That(fixture.Appender.Samples, Is.EquivalentTo(expected));
        Assert.That(report.WrittenSamples, Is.EqualTo(expected.Length));

        // Again, with every series known.
        fixture.Write(text);
        Assert.That(fixture.Appender.Samples, Is.EquivalentTo(expected.Concat(expected)));
        Assert.That(fixture.Appender.ResolveCount, Is.EqualTo(expected.Length), "known series are not looked up again");
    }

    [TestCase("m,__name__=x v=1", "__name__")]
    [TestCase("m __name__=1", "__name__")]
    [TestCase("m,db=x v=1", "db")]
    [TestCase("m,a=1,a=2 v=1", "twice")]
    [TestCase("m,a= v=1", "must have a value")]
    [TestCase("m", "a field must follow")]
    [TestCase("m v=1x", "not a number")]
    [TestCase("m v=1 9223372036854775808", "must be from -9223372036854775806 to 9223372036854775806 (at byte 7)")]
    [TestCase("m v=1 9223372036854775807", "must be from -9223372036854775806 to 9223372036854775806 (at byte 7)")]
    [TestCase("m v=1 -9223372036854775807", "must be from -9223372036854775806 to 9223372036854775806 (at byte 7)")]
    [TestCase("m v=1 -9223372036854775808", "must be from -9223372036854775806 to 9223372036854775806 (at byte 7)")]
    [TestCase("m v=1 1 1", "nothing may follow the timestamp")]
    public void Write_BadLine_IsRefusedWithReasonAndPlace(string bad, string reason)
    {
        using var fixture = new WriterFixture();

        WriteReport report = fixture.Write($"m v=1 1\n{bad}\nm v=2 2\n", WriterFixture.Request with { DatabaseLabel = "d" });

        Assert.That(fixture.Appender.Samples, Is.EqualTo(new[] { "m_v{db=\"d\"} 1@1", "m_v{db=\"d\"} 2@2" }));
        Assert.That(report.Errors, Has.Count.EqualTo(1));
        Assert.That(report.Errors[0], Has.Property("Line").EqualTo(2).And.Property("Text").EqualTo(bad).And.Property("Reason").Contains(reason));
        Assert.That(report.Message, Does.StartWith("partial write: 1 of 3 lines refused, 2 samples written; line 2: "));
        Assert.That(report.RefusedLines, Is.EqualTo(1));
    }

    [TestCase("m v=1 0", "m_v 1@0")]
    [TestCase("m v=1 -1", "m_v 1@-1")]
    [TestCase("m v=1 -9223372036854775806", "m_v 1@-9223372036854775806")]
    [TestCase("m v=1 9223372036854775806", "m_v 1@9223372036854775806")]
    public void Write_TimestampAtTheEdge_IsWritten(string line, string sample)
    {
        using var fixture = new WriterFixture();

        Assert.That(fixture.Write(line).Message, Is.Empty);
        Assert.That(fixture.Appender.Samples, Is.EqualTo(new[] { sample }));
    }

    [TestCase("cpu v=1 9223372036854776", 9)]
    [TestCase("cpu,host=a v=1  -9223372036854776", 17)]
    public void Write_TimestampBeyondTheRangeOnceScaled_IsRefusedWhereItBegins(string line, int place)
    {
        using var fixture = new WriterFixture();

        WriteReport report = fixture.Write(line, WriterFixture.Request with { Precision = LineProtocolPrecision.Microseconds });

        Assert.That(report.Errors.Single().Reason, Does.StartWith("the timestamp, in nanoseconds, must be from").And.EndsWith($"(at byte {place})"));
    }

    [TestCase("m\xFF v=1", 2)]
    [TestCase("m,k=\xC3 v=1", 5)]
    [TestCase("m,k=\u00C3\u00A9\xC3( v=1", 7)]
    [TestCase("m a\xFF=1", 4)]
    [TestCase("m s=\"ab\xED\xA0\x80\",v=1", 8)]
    public void Write_InvalidUtf8_IsRefusedWhereItBegins(string latin1, int place)
    {
        using var fixture = new WriterFixture();

        WriteReport report = fixture.Writer.Write(System.Text.Encoding.Latin1.GetBytes(latin1), WriterFixture.Request);

        Assert.That(report.Errors.Single().Reason, Is.EqualTo($"the text is not valid UTF-8 (at byte {place})"));
    }

    [Test]
    public void Write_OnlyBadLines_IsUnableToParse()
    {
        using var fixture = new WriterFixture();

        Assert.That(fixture.Write("m v=\n").Message, Does.StartWith("unable to parse: 1 of 1 lines refused; line 1: "));
    }

    [Test]
    public void Write_UnterminatedQuote_LosesOnlyItsLine()
    {
        using var fixture = new WriterFixture();

        WriteReport report = fixture.Write("m v=1 1\nm a=1,s=\"open 2\nm v=3 3\nm v=4 4\n");

        Assert.That(fixture.Appender.Samples, Is.EqualTo(new[] { "m_v 1@1", "m_v 3@3", "m_v 4@4" }));
        Assert.That(report.Errors.Select(e => (e.Line, e.Text)), Is.EqualTo(new[] { (2L, "m a=1,s=\"open 2") }));
    }

    [Test]
    public void Write_FaultAfterStringOfTwoLines_GoesOnAfterTheFieldThatFailed()
    {
        using var fixture = new WriterFixture();

        WriteReport report = fixture.Write("m s=\"a\nb\",v=x\nm v=2 2\n");

        Assert.That(fixture.Appender.Samples, Is.EqualTo(new[] { "m_v 2@2" }));
        Assert.That(report.Errors.Select(e => (e.Line, e.Text)), Is.EqualTo(new[] { (2L, "b\",v=x") }));
    }

    [Test]
    public void Write_ManyErrors_DescribesAHundredAndCountsAll()
    {
        using var fixture = new WriterFixture();

        WriteReport report = fixture.Write(string.Concat(Enumerable.Repeat("bad\n", 250)));

        Assert.That(report.Errors, Has.Count.EqualTo(100));
        Assert.That(report.RefusedLines, Is.EqualTo(250));
        Assert.That(report.Errors[^1].Line, Is.EqualTo(100));
    }

    [TestCase(LineProtocolPrecision.Nanoseconds, 1_234_567_890_123_456_789, 1_234_567_890_123_456_789)]
    [TestCase(LineProtocolPrecision.Microseconds, 1_234_567_890_123_456_789, 1_234_567_890_123_456_000)]
    [TestCase(LineProtocolPrecision.Seconds, 1_234_567_890_123_456_789, 1_234_567_890_000_000_000)]
    [TestCase(LineProtocolPrecision.Hours, 1_234_567_890_123_456_789, 1_234_566_000_000_000_000)]
    [TestCase(LineProtocolPrecision.Seconds, -1, -1_000_000_000)]
    public void Write_NoTimestamp_TakesTheTimeOfReceiptCutToPrecision(LineProtocolPrecision precision, long receivedNs, long expected)
    {
        using var fixture = new WriterFixture();

        fixture.Write("m v=1", new LineProtocolRequest { ReceivedNs = receivedNs, Precision = precision });

        Assert.That(fixture.Appender.Samples, Is.EqualTo(new[] { $"m_v 1@{expected}" }));
    }

    [TestCase("9223372036", true)]
    [TestCase("9223372037", false)]
    [TestCase("-9223372036", true)]
    [TestCase("-9223372037", false)]
    public void Write_SecondsBeyondTheRangeOfNanoseconds_AreRefused(string seconds, bool isAccepted)
    {
        using var fixture = new WriterFixture();

        WriteReport report = fixture.Write($"m v=1 {seconds}", WriterFixture.Request with { Precision = LineProtocolPrecision.Seconds });

        Assert.That(report.IsComplete, Is.EqualTo(isAccepted));
    }

    [Test]
    public void Write_OlderThanRetention_IsRefusedAndCreatesNoSeries()
    {
        using var fixture = new WriterFixture();
        fixture.Appender.OldestAcceptedTimestampNs = 100;

        WriteReport report = fixture.Write("m v=1 99\nm w=1 100\n");

        Assert.That(fixture.Appender.Samples, Is.EqualTo(new[] { "m_w 1@100" }));
        Assert.That(fixture.Appender.Series, Has.Count.EqualTo(1));
        Assert.That(report.Errors.Single().Reason, Does.Contain("older than the retention period"));
    }

    [Test]
    public void Write_LargeIntegers_AreCountedAsRounded()
    {
        using var fixture = new WriterFixture();

        Assert.That(fixture.Write("m a=9007199254740993i,b=1i,c=18446744073709551615u,d=9007199254740993").RoundedIntegers, Is.EqualTo(2));
    }

    [Test]
    public async Task WriteAsync_WholeBody_WaitsForTheDurabilityAsked()
    {
        using var fixture = new WriterFixture();

        await fixture.WritePiecesAsync("m v=1"u8.ToArray(), [], WriterFixture.Request with { Durability = Durability.Interval });

        Assert.That(fixture.Appender.Waits, Is.EqualTo(new[] { Durability.Interval }));
    }

    [Test]
    public void WriteAsync_BodyBeyondTheLimit_ThrowsAndNamesTheSetting()
    {
        using var fixture = new WriterFixture();
        LineProtocolRequest request = WriterFixture.Request with { MaxBodyBytes = 10, MaxBodySetting = "Tsdb:X" };

        Assert.That(
            async () => await fixture.WritePiecesAsync("m v=1 1\nm v=2 2\n"u8.ToArray(), [8], request),
            Throws.TypeOf<RequestTooLargeException>().With.Message.Contains("limit of 10 bytes (setting Tsdb:X)"));
        Assert.That(fixture.Write("m v=1 1").IsComplete, Is.True, "the session must be usable again");
        Assert.That(fixture.Appender.Samples, Has.Length.EqualTo(1), "nothing of the failed request may be left in it");
    }

    [Test]
    public async Task WriteAsync_BodyBeyondTheLimit_LeavesTheRestToItsOwner()
    {
        using var fixture = new WriterFixture();
        LineProtocolRequest request = WriterFixture.Request with { MaxBodyBytes = 10 };
        var body = new Pipe();
        await body.Writer.WriteAsync("m v=1 1\nm v=2 2\n"u8.ToArray());
        await body.Writer.CompleteAsync();

        Assert.That(async () => await fixture.Writer.WriteAsync(body.Reader, request, default), Throws.TypeOf<RequestTooLargeException>());
        Assert.That((await body.Reader.ReadAsync()).IsCompleted, Is.True, "no read may be left open");
    }

    [Test]
    public void Write_EngineUnavailable_Throws()
    {
        using var fixture = new WriterFixture();
        fixture.Appender.AppendFailure = new UnavailableException("The disk is full.", TimeSpan.FromSeconds(5));

        Assert.That(() => fixture.Write("m v=1 1"), Throws.TypeOf<UnavailableException>());
    }

    [Test]
    public void Write_ManySamples_AreAppendedInBoundedBatches()
    {
        using var fixture = new WriterFixture(new LineProtocolOptions { SamplesPerAppend = 1000 });

        fixture.Write(string.Concat(Enumerable.Range(0, 2500).Select(i => $"m a={i},b={i} {i}\n")));

        Assert.That(fixture.Appender.AppendedCounts, Is.EqualTo(Enumerable.Repeat(1000, 5)));
    }

    [Test]
    public void WriteAsync_Cancelled_Throws()
    {
        using var fixture = new WriterFixture();
        var pipe = new Pipe();

        Assert.That(
            async () => await fixture.Writer.WriteAsync(pipe.Reader, WriterFixture.Request, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }
}
