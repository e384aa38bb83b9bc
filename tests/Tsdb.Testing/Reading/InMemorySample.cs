using Tsdb.Model.Samples;

namespace Tsdb.Testing.Reading;

/// <summary>One sample of an <see cref="InMemorySeries"/>.</summary>
/// <param name="TimestampNs">When.</param>
/// <param name="Value">The float; null for a native histogram.</param>
/// <param name="StartTimestampNs">When the counter began to count; 0 for unknown.</param>
public readonly record struct InMemorySample(long TimestampNs, double? Value, long StartTimestampNs)
{
    /// <summary>What kind of sample it is.</summary>
    public SampleKind Kind => Value is null ? SampleKind.Histogram : SampleKind.Float;
}
