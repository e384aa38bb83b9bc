using Tsdb.Model.Time;

namespace Tsdb.Model.Tests.Time;

public sealed class TimestampsTests
{
    [TestCase(0, ExpectedResult = 0)]
    [TestCase(1_999_999, ExpectedResult = 1)]
    [TestCase(-1, ExpectedResult = -1)]
    [TestCase(-1_000_000, ExpectedResult = -1)]
    [TestCase(-1_000_001, ExpectedResult = -2)]
    [TestCase(long.MinValue, ExpectedResult = -9_223_372_036_855)]
    public long ToMilliseconds_AnyTime_RoundsDown(long timestampNs) => Timestamps.ToMilliseconds(timestampNs);

    [TestCase(1700000000000, ExpectedResult = 1700000000000000000)]
    [TestCase(long.MaxValue, ExpectedResult = long.MaxValue)]
    [TestCase(long.MinValue, ExpectedResult = long.MinValue)]
    public long FromMilliseconds_BeyondTheRange_IsHeldAtTheEnd(long milliseconds) => Timestamps.FromMilliseconds(milliseconds);

    [TestCase(1, 2, ExpectedResult = 3)]
    [TestCase(long.MaxValue, 1, ExpectedResult = long.MaxValue)]
    [TestCase(long.MinValue, -1, ExpectedResult = long.MinValue)]
    [TestCase(long.MinValue, long.MaxValue, ExpectedResult = -1)]
    public long AddSaturating_Overflow_IsHeldAtTheEnd(long timestampNs, long deltaNs) => Timestamps.AddSaturating(timestampNs, deltaNs);

    [Test]
    public void ToDateTimeOffset_BeforeTheEpoch_RoundsDownToTicks() =>
        Assert.That(Timestamps.ToDateTimeOffset(-1), Is.EqualTo(DateTimeOffset.UnixEpoch.AddTicks(-1)));
}
