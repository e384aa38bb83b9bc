using Tsdb.Model.Time;
using Tsdb.Query.Operators;

namespace Tsdb.Query.Functions;

/// <summary>The part of <c>rate</c> that depends on timestamps alone, for each step's window.</summary>
/// <remarks>
/// Up to 1.1 x the average spacing from an edge, the series is taken to go on to the edge; otherwise to end half a spacing beyond its outermost
/// sample.
/// </remarks>
internal sealed class RateGeometry
{
    private RateWindow[] _windows = [];
    private WindowBounds? _bounds;
    private int _version;

    /// <summary>The geometry of each step's window.</summary>
    public ReadOnlySpan<RateWindow> Windows => _windows;

    /// <summary>A span of nanoseconds as seconds: correctly rounded, as Prometheus' division of milliseconds is.</summary>
    public static double Seconds(long spanNs) => spanNs / (double)Timestamps.NsPerSecond;

    /// <summary>Computes the geometry of a series' windows, unless that of the series before serves.</summary>
    public void Update(RangeSeries series)
    {
        WindowBounds bounds = series.Bounds;
        if (_bounds == bounds && _version == bounds.Version)
        {
            return;
        }

        _bounds = bounds;
        _version = bounds.Version;
        ReadOnlySpan<int> first = bounds.First;
        ReadOnlySpan<int> end = bounds.End;
        if (_windows.Length != first.Length)
        {
            _windows = new RateWindow[first.Length];
        }

        for (int step = 0; step < first.Length; step++)
        {
            int from = first[step];
            int to = end[step] - 1;
            _windows[step] = to <= from
                ? default
                : Of(from, to, series.Samples.TimestampsNs, bounds.StartsNs[step], bounds.EndsNs[step]);
        }
    }

    private static RateWindow Of(int first, int last, ReadOnlySpan<long> timestampsNs, long startNs, long endNs)
    {
        double toStart = Seconds(timestampsNs[first] - startNs);
        double toEnd = Seconds(endNs - timestampsNs[last]);
        double sampled = Seconds(timestampsNs[last] - timestampsNs[first]);
        double spacing = sampled / (last - first);
        double threshold = spacing * 1.1;
        return new RateWindow(
            first, last, sampled, toStart >= threshold ? spacing / 2 : toStart, toEnd >= threshold ? spacing / 2 : toEnd);
    }
}
