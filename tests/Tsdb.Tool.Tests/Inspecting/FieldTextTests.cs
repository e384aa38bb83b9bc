using Tsdb.Model.Samples;
using Tsdb.Tool.Inspecting;

namespace Tsdb.Tool.Tests.Inspecting;

public sealed class FieldTextTests
{
    [TestCase(0, "1970-01-01T00:00:00Z")]
    [TestCase(1_700_000_000_000_000_001, "2023-11-14T22:13:20.000000001Z")]
    [TestCase(1_700_000_000_250_000_000, "2023-11-14T22:13:20.25Z")]
    [TestCase(-1, "1969-12-31T23:59:59.999999999Z")]
    [TestCase(long.MinValue, "1677-09-21T00:12:43.145224192Z")]
    [TestCase(long.MaxValue, "2262-04-11T23:47:16.854775807Z")]
    public void Time_AnyTimestamp_IsExact(long timestampNs, string expected) => Assert.That(FieldText.Time(timestampNs), Is.EqualTo(expected));

    [TestCase(0.1, "0.1")]
    [TestCase(-0.0, "-0")]
    [TestCase(double.NaN, "NaN")]
    public void Value_AnyDouble_IsItsShortestText(double value, string expected) => Assert.That(FieldText.Value(value), Is.EqualTo(expected));

    [Test]
    public void Value_StalenessMarker_IsNamed() => Assert.That(FieldText.Value(StalenessMarker.Value), Is.EqualTo("stale"));
}
