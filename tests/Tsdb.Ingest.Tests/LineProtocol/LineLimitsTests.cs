using System.Text;
using Tsdb.Ingest.LineProtocol;
using Tsdb.Ingest.Tests.Testing;

namespace Tsdb.Ingest.Tests.LineProtocol;

/// <summary>Limits, and bodies that arrive in pieces.</summary>
public sealed class LineLimitsTests
{
    private static readonly LineProtocolOptions SmallLines = new() { MaxLineBytes = 1024 };

    [Test]
    public void WriteAsync_AnyTextInAnyPieces_WritesAndRefusesTheSame()
    {
        for (int seed = 0; seed < 2000; seed++)
        {
            byte[] text = LineTexts.Text(seed);
            var random = new Random(seed);
            using var whole = new WriterFixture();
            WriteReport expected = whole.Writer.Write(text, WriterFixture.Request);

            using var pieces = new WriterFixture();
            int[] lengths = [.. Enumerable.Range(0, text.Length).Select(_ => random.Next(0, 12))];
            WriteReport actual = pieces.WritePiecesAsync(text, lengths).GetAwaiter().GetResult();

            string about = $"seed {seed}: {DecodedPoint.Text(text)}";
            Assert.That(pieces.Appender.Samples, Is.EqualTo(whole.Appender.Samples), about);
            Assert.That(actual.Errors.Select(e => (e.Line, e.Reason)), Is.EqualTo(expected.Errors.Select(e => (e.Line, e.Reason))), about);
            Assert.That(actual with { Errors = [] }, Is.EqualTo(expected with { Errors = [] }), about);
        }
    }

    [TestCase(1024, true)]
    [TestCase(1025, false)]
    public void Write_LineAtTheLimit_IsAcceptedAndBeyondRefused(int length, bool isAccepted)
    {
        using var fixture = new WriterFixture(SmallLines);
        string line = "m,a=" + new string('x', length - "m,a= v=1 1".Length - 1) + " v=1 1\n";

        WriteReport report = fixture.Write("m v=0 0\n" + line + "m v=2 2\n");

        Assert.That(report.RefusedLines, Is.EqualTo(isAccepted ? 0 : 1));
        Assert.That(report.WrittenSamples, Is.EqualTo(isAccepted ? 3 : 2));
        Assert.That(report.Errors.Select(e => e.Line), Is.EqualTo(isAccepted ? [] : new[] { 2L }));
    }

    [TestCase(1)]
    [TestCase(100)]
    [TestCase(5000)]
    [TestCase(1_000_000)]
    public async Task WriteAsync_LineFarBeyondTheLimit_IsSkippedToItsEnd(int pieceLength)
    {
        using var fixture = new WriterFixture(SmallLines);
        byte[] text = Encoding.UTF8.GetBytes("m v=1 1\nm s=\"" + new string('x', 20_000) + "\" 2\nbad\nm v=3 3");

        WriteReport report = await fixture.WritePiecesAsync(text, Enumerable.Repeat(pieceLength, text.Length));

        Assert.That(fixture.Appender.Samples, Is.EqualTo(new[] { "m_v 1@1", "m_v 3@3" }));
        Assert.That(report.Errors.Select(e => e.Line), Is.EqualTo(new[] { 2L, 3L }));
        Assert.That(report.Errors[0].Reason, Does.Contain("limit of 1024 bytes (setting MaxLineBytes)"));
    }

    [TestCase(7)]
    [TestCase(1_000_000)]
    public async Task WriteAsync_OpenQuoteBeforeManyLines_LosesOnlyItsLine(int pieceLength)
    {
        using var fixture = new WriterFixture(SmallLines);
        byte[] text = Encoding.UTF8.GetBytes("m s=\"open\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"m v={i} {i}\n")));

        WriteReport report = await fixture.WritePiecesAsync(text, Enumerable.Repeat(pieceLength, text.Length));

        Assert.That(report.WrittenSamples, Is.EqualTo(1000));
        Assert.That(report.Errors.Select(e => e.Line), Is.EqualTo(new[] { 1L }));
    }

    [TestCase(127, 0)]
    [TestCase(128, 1)]
    public void Write_TagsAtTheLimit_AreAcceptedAndBeyondRefused(int tags, int refused)
    {
        using var fixture = new WriterFixture();

        WriteReport report = fixture.Write($"m{string.Concat(Enumerable.Range(0, tags).Select(i => $",t{i}=x"))} v=1 1");

        Assert.That(report.RefusedLines, Is.EqualTo(refused));
    }

    [Test]
    public void Write_DatabaseLabelAtTheLimit_IsCountedToo()
    {
        using var fixture = new WriterFixture();
        string line = $"m{string.Concat(Enumerable.Range(0, 127).Select(i => $",t{i}=x"))} v=1 1";

        WriteReport report = fixture.Write(line, WriterFixture.Request with { DatabaseLabel = "d" });

        Assert.That(report.Errors.Single().Reason, Does.Contain("more labels than the limit of 128 (setting MaxLabels)"));
    }

    [TestCase("m,{0}=x v=1", 1024)]
    [TestCase("m,x={0} v=1", 16 << 10)]
    [TestCase("{0} value=1", 16 << 10)]
    [TestCase("prometheus {0}=1", 16 << 10)]
    public void Write_NameOrValueAtTheLimit_IsAcceptedAndBeyondRefused(string form, int limit)
    {
        using var fixture = new WriterFixture();

        Assert.That(fixture.Write(form.Replace("{0}", new string('k', limit), StringComparison.Ordinal)).RefusedLines, Is.Zero);
        Assert.That(fixture.Write(form.Replace("{0}", new string('k', limit + 1), StringComparison.Ordinal)).RefusedLines, Is.EqualTo(1));
        Assert.That(fixture.Appender.Series, Has.Count.EqualTo(1));
    }
}
