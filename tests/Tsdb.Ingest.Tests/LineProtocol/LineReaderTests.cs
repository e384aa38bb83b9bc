using System.Text;
using Tsdb.Ingest.LineProtocol;
using Tsdb.Ingest.Tests.Testing;

namespace Tsdb.Ingest.Tests.LineProtocol;

public sealed class LineReaderTests
{
    [Test]
    public void Read_AnyText_AgreesWithTheReference()
    {
        for (int seed = 0; seed < 2_000; seed++)
        {
            CheckAgainstReference(LineTexts.Text(seed));
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void Read_AnyBytes_AgreesWithTheReference(byte[] text) => CheckAgainstReference(text);

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void Read_AnyDouble_KeepsItsBits(double value, bool isExponential)
    {
        string text = value.ToString(isExponential ? "E16" : "R", null);
        var cache = new SeriesKeyCache(new FakeAppender(), 1 << 20);
        List<object> results = new ReaderDriver(cache).ReadAll(Encoding.UTF8.GetBytes($"m v={text}"), LineProtocolPrecision.Nanoseconds, 0);

        object expected = double.IsFinite(value) ? new DecodedPoint("m", "", $"v\u0101{DecodedPoint.Float(value)}", "0") : "refused";
        Assert.That(results, Is.EqualTo(new[] { expected }));
    }

    [TestCase("m v=9007199254740993", 9007199254740992d)]
    [TestCase("m v=0.1", 0.1)]
    [TestCase("m v=123456789012345.67", 123456789012345.67)]
    [TestCase("m v=2.2250738585072011e-308", 2.2250738585072011e-308)]
    [TestCase("m v=4.9e-324", 4.9e-324)]
    [TestCase("m v=1e-400", 0d)]
    [TestCase("m v=1.7976931348623157e308", double.MaxValue)]
    [TestCase("m v=179769313486231580793728971405301e276", double.MaxValue)]
    [TestCase("m v=00000000000000000000000000000001.5", 1.5)]
    [TestCase("m v=1e0000000000000000000000001", 10d)]
    [TestCase("m v=1e-99999999999999999999", 0d)]
    [TestCase("m v=+1.5", 1.5)]
    [TestCase("m v=5.", 5d)]
    [TestCase("m v=.5", 0.5)]
    [TestCase("m v=9223372036854775807i", 9223372036854775807d)]
    [TestCase("m v=18446744073709551615u", 18446744073709551615d)]
    [TestCase("m v=-00012i", -12d)]
    [TestCase("m v=TRUE", 1d)]
    [TestCase("m v=f", 0d)]
    public void Read_Number_IsRoundedToTheNearestDouble(string line, double expected)
    {
        LineReader reader = ReadOne(line);

        double value = reader.Fields[0].ToSampleValue(out _);
        Assert.That(BitConverter.DoubleToInt64Bits(value), Is.EqualTo(BitConverter.DoubleToInt64Bits(expected)));
    }

    [Test]
    public void Read_MinusZero_KeepsItsSign() =>
        Assert.That(double.IsNegative(ReadOne("m v=-0").Fields[0].ToSampleValue(out _)), Is.True);

    [TestCase("m v=9007199254740992i", true)]
    [TestCase("m v=-9007199254740992i", true)]
    [TestCase("m v=9007199254740993i", false)]
    [TestCase("m v=-9007199254740993i", false)]
    [TestCase("m v=-9223372036854775808i", false)]
    [TestCase("m v=9007199254740993u", false)]
    [TestCase("m v=9007199254740993", true)]
    public void ToSampleValue_Integer_SaysWhetherItIsExact(string line, bool expected)
    {
        ReadOne(line).Fields[0].ToSampleValue(out bool isExact);

        Assert.That(isExact, Is.EqualTo(expected));
    }

    [Test]
    public void Read_LongerAndLonger_IsIncompleteUntilTheLineEnds()
    {
        byte[] line = Encoding.UTF8.GetBytes("m\\ x,a\\,b=c\\=d v=1.5,s=\"a\nb\\\"\",w=2i 12345678901\r\n");
        var reader = new LineReader(new SeriesKeyCache(new FakeAppender(), 1 << 20), new PrefixTokens(8));

        for (int length = 0; length < line.Length; length++)
        {
            Assert.That(reader.Read(line.AsSpan(0, length), isFinal: false), Is.EqualTo(LineStatus.Incomplete), $"first {length} bytes");
        }

        Assert.That(reader.Read(line, isFinal: false), Is.EqualTo(LineStatus.Point));
        Assert.That(reader.Consumed, Is.EqualTo(line.Length));
    }

    private static LineReader ReadOne(string line)
    {
        var reader = new LineReader(new SeriesKeyCache(new FakeAppender(), 1 << 20), new PrefixTokens(8));
        Assert.That(reader.Read(Encoding.UTF8.GetBytes(line), isFinal: true), Is.EqualTo(LineStatus.Point));
        return reader;
    }

    private static void CheckAgainstReference(byte[] text)
    {
        var cache = new SeriesKeyCache(new FakeAppender(), 1 << 20);
        var driver = new ReaderDriver(cache);
        foreach (LineProtocolPrecision precision in new[] { LineProtocolPrecision.Nanoseconds, LineProtocolPrecision.Seconds })
        {
            List<object> expected = new ReferenceReader(text, precision, 1_234_567_890_123).ReadAll();
            Assert.That(driver.ReadAll(text, precision, 1_234_567_890_123), Is.EqualTo(expected), DecodedPoint.Text(text));
            ReaderDriver.Teach(cache, text);
            Assert.That(driver.ReadAll(text, precision, 1_234_567_890_123), Is.EqualTo(expected), "known series: " + DecodedPoint.Text(text));
        }
    }
}
