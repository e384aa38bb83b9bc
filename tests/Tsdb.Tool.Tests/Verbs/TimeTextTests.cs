using Tsdb.Tool.Verbs;

namespace Tsdb.Tool.Tests.Verbs;

public sealed class TimeTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [TestCase("500ms", 0.5)]
    [TestCase("10s", 10)]
    [TestCase("1.5m", 90)]
    [TestCase("2h", 7200)]
    [TestCase("1d", 86400)]
    [TestCase("1w", 604800)]
    public void ParseDuration_Text_IsATime(string text, double seconds) => Assert.That(TimeText.ParseDuration(text).TotalSeconds, Is.EqualTo(seconds));

    [TestCase("")]
    [TestCase("10")]
    [TestCase("s")]
    [TestCase("-1h")]
    public void ParseDuration_Junk_Throws(string text) =>
        Assert.That(() => TimeText.ParseDuration(text), Throws.TypeOf<FormatException>().With.Message.Contains("is not a duration"));

    [TestCase("now", "2026-01-02T03:04:05Z")]
    [TestCase("-1h", "2026-01-02T02:04:05Z")]
    [TestCase("0", "1970-01-01T00:00:00Z")]
    [TestCase("1700000000.5", "2023-11-14T22:13:20.5Z")]
    [TestCase("2016-01-01T00:00:00Z", "2016-01-01T00:00:00Z")]
    [TestCase("2016-01-01T01:00:00+01:00", "2016-01-01T00:00:00Z")]
    [TestCase("2016-01-01", "2016-01-01T00:00:00Z")]
    public void ParseTime_Text_IsATime(string text, string expected) =>
        Assert.That(TimeText.ParseTime(text, Now), Is.EqualTo(DateTimeOffset.Parse(expected, null)));

    [Test]
    public void ParseTime_Junk_Throws() =>
        Assert.That(() => TimeText.ParseTime("soon", Now), Throws.TypeOf<FormatException>().With.Message.Contains("is not a time"));
}
