using Tsdb.Model.Labels;
using Tsdb.Model.Samples;

namespace Tsdb.Testing.Samples;

/// <summary>A series with its samples, in time order.</summary>
public sealed record TestSeries(LabelSet Labels, IReadOnlyList<Sample> Samples)
{
    /// <summary>The timestamps as a column, in nanoseconds.</summary>
    public long[] TimestampsNs() => [.. Samples.Select(sample => sample.TimestampNs)];

    /// <summary>The values as a column.</summary>
    public double[] Values() => [.. Samples.Select(sample => sample.Value)];
}
