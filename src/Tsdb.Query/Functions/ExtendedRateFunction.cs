using Tsdb.Query.Operators;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Functions;

/// <summary>
/// <c>rate</c>, <c>increase</c> and <c>delta</c> of an <c>anchored</c> or <c>smoothed</c> range: the change from edge to edge, nothing extrapolated.
/// </summary>
/// <remarks>
/// At an anchored left edge stands the last sample before it; at smoothed edges stand values interpolated between the samples on both sides.
/// The operations and their order are Prometheus'.
/// </remarks>
internal sealed class ExtendedRateFunction : RangeFunction
{
    private readonly bool _isCounter;
    private readonly bool _isPerSecond;

    /// <summary>Creates the function.</summary>
    /// <param name="isCounter">True to take a fall of the value as a restart from zero.</param>
    /// <param name="isPerSecond">True to divide by the window's length.</param>
    public ExtendedRateFunction(bool isCounter, bool isPerSecond)
    {
        _isCounter = isCounter;
        _isPerSecond = isPerSecond;
    }

    /// <inheritdoc/>
    public override void Evaluate(RangeSeries series, WindowGrid windows, in ScalarArguments parameters, SeriesColumn output)
    {
        double divisor = _isPerSecond ? RateGeometry.Seconds(windows.LengthNs) : 1; // dividing by 1 changes no bit
        for (int step = 0; step < output.Steps; step++)
        {
            int first = series.Bounds.First[step];
            int last = series.Bounds.End[step] - 1;
            if (first <= last)
            {
                output.Set(step, Change(series, step, first, last, windows.Edges == RangeEdges.Smoothed) / divisor);
            }
        }
    }

    private double Change(RangeSeries series, int step, int first, int last, bool isSmoothed)
    {
        ReadOnlySpan<long> timestampsNs = series.Samples.TimestampsNs;
        ReadOnlySpan<double> values = series.Samples.Values;
        long startNs = series.Bounds.StartsNs[step];
        long endNs = series.Bounds.EndsNs[step];
        double left = isSmoothed && timestampsNs[first] < startNs
            ? Interpolation.At(timestampsNs, values, first + 1, startNs, _isCounter)
            : values[first];
        double right = isSmoothed && last > 0 && timestampsNs[last] > endNs
            ? Interpolation.At(timestampsNs, values, last, endNs, _isCounter)
            : values[last];
        double change = right - left;
        if (!_isCounter)
        {
            return change;
        }

        // The values at the edges stand for the samples there, and took account of a restart next to them.
        int from = timestampsNs[first] <= startNs ? first + 1 : first;
        int to = timestampsNs[last] >= endNs ? last - 1 : last;
        return change + LostInResets(left, right, to < from ? [] : values[from..(to + 1)]);
    }

    private static double LostInResets(double left, double right, ReadOnlySpan<double> between)
    {
        double lost = 0;
        double previous = left;
        foreach (double value in between)
        {
            lost += value < previous ? previous : 0;
            previous = value;
        }

        return right < previous ? lost + previous : lost;
    }
}
