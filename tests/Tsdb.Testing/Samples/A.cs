using Tsdb.Model.Labels;
using Tsdb.Model.Samples;

namespace Tsdb.Testing.Samples;

/// <summary>Where a test's data begins: <c>A.Series("cpu", ("host", "a")).Every(10.Seconds()).Values(1, 2, A.Stale, 4)</c>.</summary>
public static class A
{
    /// <summary>The staleness marker, as a value.</summary>
    public static double Stale => StalenessMarker.Value;

    /// <summary>A series without samples, which start at 2023-11-14 22:13:20 UTC unless told otherwise.</summary>
    public static SeriesBuilder Series(string metricName, params ReadOnlySpan<(string Name, string Value)> labels) =>
        new(LabelSet.OfMetric(metricName, labels));
}
