using Tsdb.Ingest.LineProtocol;

namespace Tsdb.Ingest.Tests.LineProtocol;

public sealed class LineProtocolPrecisionsTests
{
    [TestCase(null, LineProtocolPrecision.Nanoseconds)]
    [TestCase("", LineProtocolPrecision.Nanoseconds)]
    [TestCase("n", LineProtocolPrecision.Nanoseconds)]
    [TestCase("ns", LineProtocolPrecision.Nanoseconds)]
    [TestCase("u", LineProtocolPrecision.Microseconds)]
    [TestCase("us", LineProtocolPrecision.Microseconds)]
    [TestCase("\u00B5", LineProtocolPrecision.Microseconds)]
    [TestCase("\u03BC", LineProtocolPrecision.Microseconds)]
    [TestCase("ms", LineProtocolPrecision.Milliseconds)]
    [TestCase("s", LineProtocolPrecision.Seconds)]
    [TestCase("m", LineProtocolPrecision.Minutes)]
    [TestCase("h", LineProtocolPrecision.Hours)]
    public void TryParseV1_Spelling_IsKnown(string? text, LineProtocolPrecision expected)
    {
        Assert.That(LineProtocolPrecisions.TryParseV1(text, out LineProtocolPrecision precision), Is.True);
        Assert.That(precision, Is.EqualTo(expected));
    }

    [TestCase(null, true)]
    [TestCase("ns", true)]
    [TestCase("us", true)]
    [TestCase("ms", true)]
    [TestCase("s", true)]
    [TestCase("n", false)]
    [TestCase("u", false)]
    [TestCase("m", false)]
    [TestCase("h", false)]
    [TestCase("days", false)]
    public void TryParseV2_Spelling_IsKnownOrNot(string? text, bool isKnown) =>
        Assert.That(LineProtocolPrecisions.TryParseV2(text, out _), Is.EqualTo(isKnown));
}
