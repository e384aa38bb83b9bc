using Tsdb.Model.Time;
using Tsdb.Query.Operators;

namespace Tsdb.Query.Functions;

/// <summary>
/// <c>rate</c>, <c>increase</c> and <c>delta</c>: the change over a window, extrapolated toward its edges as Prometheus does.
/// </summary>
/// <remarks>
/// A window's change is its last value less its first, plus the value before each counter reset inside. Resets are found once a series, so a
/// window without one costs the same however many samples it holds. The additions happen in Prometheus' order, so results agree to the bit.
/// </remarks>
internal sealed class RateFunction : RangeFunction
{
    private readonly bool _isCounter;
    private readonly bool _isPerSecond;
    private int[] _resets = new int[16]; // index of each sample lower than the one before it, ascending
    private int _resetCount;

    /// <summary>Creates the function.</summary>
    /// <param name="isCounter">True to take a fall of the value as a restart from zero.</param>
    /// <param name="isPerSecond">True to divide by the window's length.</param>
    public RateFunction(bool isCounter, bool isPerSecond)
    {
        _isCounter = isCounter;
        _isPerSecond = isPerSecond;
    }

    /// <inheritdoc/>
    public override void Evaluate(RangeSeries series, WindowGrid windows, in ScalarArguments parameters, SeriesColumn output)
    {
        ReadOnlySpan<long> timestampsNs = series.Samples.TimestampsNs;
        ReadOnlySpan<double> values = series.Samples.Values;
        if (_isCounter)
        {
            FindResets(values);
        }

        ReadOnlySpan<int> first = series.Bounds.First;
        ReadOnlySpan<int> end = series.Bounds.End;
        double rangeSeconds = Seconds(windows.LengthNs);
        int reset = 0;
        for (int step = 0; step < first.Length; step++)
        {
            int from = first[step];
            int to = end[step] - 1;
            if (to <= from)
            {
                continue;
            }

            double change = values[to] - values[from];
            while (reset < _resetCount && _resets[reset] <= from)
            {
                reset++;
            }

            for (int i = reset; i < _resetCount && _resets[i] <= to; i++)
            {
                change += values[_resets[i] - 1];
            }

            double factor = ExtrapolationFactor(
                change, values[from], to - from, timestampsNs[from], timestampsNs[to], windows.StartNs(step), windows.EndNs(step));
            output.Set(step, change * (_isPerSecond ? factor / rangeSeconds : factor));
        }
    }

    private static double Seconds(long spanNs) => spanNs / (double)Timestamps.NsPerSecond;

    // Up to 1.1 x the average spacing from an edge, the series is taken to go on to the edge; otherwise to end half a spacing beyond its last
    // sample. A counter is never extrapolated below zero.
    private double ExtrapolationFactor(
        double change, double firstValue, int intervals, long firstNs, long lastNs, long windowStartNs, long windowEndNs)
    {
        double toStart = Seconds(firstNs - windowStartNs);
        double toEnd = Seconds(windowEndNs - lastNs);
        double sampled = Seconds(lastNs - firstNs);
        double spacing = sampled / intervals;
        double threshold = spacing * 1.1;
        if (toStart >= threshold)
        {
            toStart = spacing / 2;
        }

        if (_isCounter && change > 0 && firstValue >= 0)
        {
            double toZero = sampled * (firstValue / change);
            if (toZero < toStart)
            {
                toStart = toZero;
            }
        }

        if (toEnd >= threshold)
        {
            toEnd = spacing / 2;
        }

        return (sampled + toStart + toEnd) / sampled;
    }

    private void FindResets(ReadOnlySpan<double> values)
    {
        _resetCount = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] < values[i - 1])
            {
                if (_resetCount == _resets.Length)
                {
                    Array.Resize(ref _resets, _resetCount * 2);
                }

                _resets[_resetCount++] = i;
            }
        }
    }
}
