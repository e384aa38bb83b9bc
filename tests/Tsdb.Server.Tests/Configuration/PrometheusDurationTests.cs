using Tsdb.Server.Configuration;

namespace Tsdb.Server.Tests.Configuration;

public sealed class PrometheusDurationTests
{
    [TestCase("0", 0)]
    [TestCase("0s", 0)]
    [TestCase("1ms", 1)]
    [TestCase("90s", 90_000)]
    [TestCase("1h30m", 5_400_000)]
    [TestCase("1d12h", 129_600_000)]
    [TestCase("1w", 604_800_000)]
    [TestCase("1y", 31_536_000_000)]
    [TestCase("5m10s20ms", 310_020)]
    public void TryParse_Duration_ReadsIt(string text, long milliseconds)
    {
        Assert.That(PrometheusDuration.TryParse(text, out TimeSpan duration), Is.True);
        Assert.That(duration.TotalMilliseconds, Is.EqualTo(milliseconds));
    }

    [TestCase("")]
    [TestCase("5")]
    [TestCase("s")]
    [TestCase("-1s")]
    [TestCase("1.5s")]
    [TestCase("1m1h")]
    [TestCase("1s1s")]
    [TestCase("1 s")]
    [TestCase("1x")]
    [TestCase("300y")]
    [TestCase("99999999999999999999s")]
    public void TryParse_NoDuration_Refuses(string text) => Assert.That(PrometheusDuration.TryParse(text, out _), Is.False);

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Format_AnyMilliseconds_ParsesBack(uint milliseconds)
    {
        var duration = TimeSpan.FromMilliseconds(milliseconds);
        return PrometheusDuration.TryParse(PrometheusDuration.Format(duration), out TimeSpan read) && read == duration;
    }
}
