using System.Text;
using Tsdb.Model.Labels;
using Tsdb.Query.Operators;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Functions;

/// <summary>
/// <c>rate</c> and <c>increase</c> with start timestamps: they tell of restarts the values do not show, and that a counter began at zero inside
/// the window. Series without any go the shorter way.
/// </summary>
internal sealed class StartTimestampRateFunction : RangeFunction
{
    private readonly RateFunction _plain;
    private readonly QueryContext _context;
    private readonly string _position;
    private readonly bool _isPerSecond;

    /// <summary>Creates the function.</summary>
    /// <param name="context">The query.</param>
    /// <param name="position">Where the argument stands in the query.</param>
    /// <param name="isPerSecond">True to divide by the window's length.</param>
    public StartTimestampRateFunction(QueryContext context, string position, bool isPerSecond)
    {
        _plain = new RateFunction(isCounter: true, isPerSecond);
        _context = context;
        _position = position;
        _isPerSecond = isPerSecond;
    }

    /// <inheritdoc/>
    public override void Evaluate(RangeSeries series, WindowGrid windows, in ScalarArguments parameters, SeriesColumn output)
    {
        if (series.Samples.StartTimestampsNs.IsEmpty)
        {
            _plain.Evaluate(series, windows, parameters, output);
            return;
        }

        double divisor = _isPerSecond ? RateGeometry.Seconds(windows.LengthNs) : 1; // dividing by 1 changes no bit
        for (int step = 0; step < output.Steps; step++)
        {
            int first = series.Bounds.First[step];
            int last = series.Bounds.End[step] - 1;
            if (first > last)
            {
                continue;
            }

            double change = Change(series, first, last);
            long startNs = series.Bounds.StartsNs[step];
            double toEnd = RateGeometry.Seconds(series.Bounds.EndsNs[step] - series.Samples.TimestampsNs[last]);
            if (StartsInside(series.Samples, first, startNs))
            {
                output.Set(step, (change + series.Samples.Values[first]) * (FactorFromStart(series.Samples, first, last, toEnd) / divisor));
            }
            else if (first < last)
            {
                output.Set(step, change * (Factor(series.Samples, first, last, change, startNs, toEnd) / divisor));
            }
        }
    }

    private static bool StartsInside(SampleBuffer samples, int first, long startNs)
    {
        long beganNs = samples.StartTimestampsNs[first];
        return beganNs != 0 && beganNs > startNs && beganNs < samples.TimestampsNs[first];
    }

    // The counter was zero when it began, so nothing is extrapolated to the left.
    private static double FactorFromStart(SampleBuffer samples, int first, int last, double toEnd)
    {
        double sampled = RateGeometry.Seconds(samples.TimestampsNs[last] - samples.StartTimestampsNs[first]);
        double spacing = SpacingOf(samples, first, last);
        toEnd = toEnd >= spacing * 1.1 ? spacing / 2 : toEnd;
        return (sampled + toEnd) / sampled;
    }

    private static double Factor(SampleBuffer samples, int first, int last, double change, long startNs, double toEnd)
    {
        double sampled = RateGeometry.Seconds(samples.TimestampsNs[last] - samples.TimestampsNs[first]);
        double toStart = RateGeometry.Seconds(samples.TimestampsNs[first] - startNs);
        double spacing = SpacingOf(samples, first, last);
        double threshold = spacing * 1.1;
        toStart = toStart >= threshold ? spacing / 2 : toStart;
        if (change > 0 && samples.Values[first] >= 0)
        {
            // A counter is never extrapolated below zero.
            double toZero = sampled * (samples.Values[first] / change);
            toStart = toZero < toStart ? toZero : toStart;
        }

        toEnd = toEnd >= threshold ? spacing / 2 : toEnd;
        return (sampled + toStart + toEnd) / sampled;
    }

    private static double SpacingOf(SampleBuffer samples, int first, int last) =>
        first == last ? 0 : RateGeometry.Seconds(samples.TimestampsNs[last] - samples.TimestampsNs[first]) / (last - first);

    private double Change(RangeSeries series, int first, int last)
    {
        ReadOnlySpan<long> timestampsNs = series.Samples.TimestampsNs;
        ReadOnlySpan<long> startsNs = series.Samples.StartTimestampsNs;
        ReadOnlySpan<double> values = series.Samples.Values;
        double change = values[last] - values[first];
        bool overlaps = false;
        for (int i = first + 1; i <= last; i++)
        {
            overlaps |= StartTimestamps.Overlaps(startsNs[i - 1], timestampsNs[i - 1], startsNs[i]);
            if (values[i] < values[i - 1] || StartTimestamps.IsReset(startsNs[i - 1], timestampsNs[i - 1], startsNs[i], timestampsNs[i]))
            {
                change += values[i - 1];
            }
        }

        if (overlaps)
        {
            string name = Encoding.UTF8.GetString(CanonicalLabels.ValueOf(series.Labels.Span, LabelNames.MetricNameUtf8));
            _context.Annotations.Warn(
                $"sample has start time that overlaps with previous sample timestamp for metric \"{name}\"", _position);
        }

        return change;
    }
}
