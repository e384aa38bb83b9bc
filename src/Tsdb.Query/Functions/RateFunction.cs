using Tsdb.Query.Operators;

namespace Tsdb.Query.Functions;

/// <summary>
/// <c>rate</c>, <c>increase</c> and <c>delta</c>: the change over a window, extrapolated toward its edges as Prometheus does.
/// </summary>
/// <remarks>
/// A window's change is its last value less its first, plus the value before each counter reset inside. Resets are found once a series, so a
/// window without one costs the same however many samples it holds; what depends on the timestamps alone is computed once for all series with
/// equal timestamps (<see cref="RateGeometry"/>). The operations and their order are Prometheus', so results agree to the bit.
/// </remarks>
internal sealed class RateFunction : RangeFunction
{
    private readonly bool _isCounter;
    private readonly bool _isPerSecond;
    private readonly RateGeometry _geometry = new();
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
        ReadOnlySpan<double> values = series.Samples.Values;
        _geometry.Update(series);
        _resetCount = 0;
        if (_isCounter)
        {
            FindResets(values);
        }

        ReadOnlySpan<RateWindow> geometry = _geometry.Windows;
        double divisor = _isPerSecond ? RateGeometry.Seconds(windows.LengthNs) : 1; // dividing by 1 changes no bit
        Span<double> results = output.Values;
        PresenceBitmap presence = output.Presence;
        int reset = 0;
        for (int step = 0; step < results.Length; step++)
        {
            RateWindow window = geometry[step];
            if (window.IsTooShort)
            {
                continue;
            }

            double firstValue = values[window.First];
            double change = values[window.Last] - firstValue;
            if (_resetCount > 0)
            {
                change = AddResets(change, window, values, ref reset);
            }

            double toStart = window.ToStart;
            if (_isCounter && change > 0 && firstValue >= 0)
            {
                // A counter is never extrapolated below zero.
                double toZero = window.Sampled * (firstValue / change);
                toStart = toZero < toStart ? toZero : toStart;
            }

            results[step] = change * ((window.Sampled + toStart + window.ToEnd) / window.Sampled / divisor);
            presence.Set(step);
        }
    }

    private double AddResets(double change, in RateWindow window, ReadOnlySpan<double> values, ref int reset)
    {
        while (reset < _resetCount && _resets[reset] <= window.First)
        {
            reset++;
        }

        for (int i = reset; i < _resetCount && _resets[i] <= window.Last; i++)
        {
            change += values[_resets[i] - 1];
        }

        return change;
    }

    private void FindResets(ReadOnlySpan<double> values)
    {
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
