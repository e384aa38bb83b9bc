using Tsdb.Server.Endpoints.Read;

namespace Tsdb.Server.Tests.Endpoints.Read;

public sealed class RequestTimeTests
{
    [TestCase("0", 0)]
    [TestCase("1700000000", 1_700_000_000_000)]
    [TestCase("1700000000.123", 1_700_000_000_123)]
    [TestCase("1700000000.1235", 1_700_000_000_124)]
    [TestCase("-1.5", -1_500)]
    [TestCase("1e9", 1_000_000_000_000)]
    [TestCase("1700000000000", 1_700_000_000_000_000)]
    [TestCase("2023-11-14T22:13:20Z", 1_700_000_000_000)]
    [TestCase("2023-11-14T22:13:20.123Z", 1_700_000_000_123)]
    [TestCase("2023-11-14T22:13:20.123999999Z", 1_700_000_000_123)]
    [TestCase("2023-11-15T00:13:20+02:00", 1_700_000_000_000)]
    [TestCase("1960-01-01T00:00:00Z", -315_619_200_000)]
    [TestCase("-292273086-05-16T16:47:06Z", long.MinValue)]
    [TestCase("292277025-08-18T07:12:54.999999999Z", long.MaxValue)]
    public void TryParse_Time_ReadsMilliseconds(string text, long milliseconds)
    {
        Assert.That(RequestTime.TryParse(text, out long read), Is.True);
        Assert.That(read, Is.EqualTo(milliseconds));
    }

    [TestCase("")]
    [TestCase("NaN")]
    [TestCase("Inf")]
    [TestCase("-Infinity")]
    [TestCase("1e300")]
    [TestCase("1e16")]
    [TestCase("now")]
    [TestCase(" 5")]
    [TestCase("2023-11-14")]
    [TestCase("2023-11-14T22:13:20")]
    [TestCase("2023-11-14 22:13:20Z")]
    [TestCase("2023-13-14T22:13:20Z")]
    [TestCase("14.11.2023")]
    [TestCase(".")]
    public void TryParse_NoTime_Refuses(string text) => Assert.That(RequestTime.TryParse(text, out _), Is.False);

    [TestCase("15", 15_000)]
    [TestCase("0.5", 500)]
    [TestCase("-1", -1_000)]
    [TestCase("1m30s", 90_000)]
    [TestCase("5m", 300_000)]
    public void TryParseDuration_Duration_ReadsIt(string text, long milliseconds)
    {
        Assert.That(RequestTime.TryParseDuration(text, out TimeSpan duration, out _), Is.True);
        Assert.That(duration.TotalMilliseconds, Is.EqualTo(milliseconds));
    }

    [TestCase("NaN", true)]
    [TestCase("1e10", true)]
    [TestCase("-1e300", true)]
    [TestCase("", false)]
    [TestCase("soon", false)]
    [TestCase("1s1m", false)]
    public void TryParseDuration_NoDuration_Refuses(string text, bool expectedOverflow)
    {
        Assert.That(RequestTime.TryParseDuration(text, out _, out bool overflows), Is.False);
        Assert.That(overflows, Is.EqualTo(expectedOverflow));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool TryParse_AnyText_NeverThrows(string? text) => RequestTime.TryParse(text ?? "", out _) || true;
}
