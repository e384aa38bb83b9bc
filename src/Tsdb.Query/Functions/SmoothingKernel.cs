using System.Globalization;
using Tsdb.Query.Errors;

namespace Tsdb.Query.Functions;

/// <summary>
/// <c>double_exponential_smoothing</c> (Holt, 1957): an average that weighs recent samples more and follows a trend. The parameters are the
/// smoothing factor and the trend factor, both between 0 and 1.
/// </summary>
internal readonly struct SmoothingKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        double smoothing = window.Parameter;
        double trendFactor = window.SecondParameter;
        CheckFactor("smoothing", "sf", smoothing);
        CheckFactor("trend", "tf", trendFactor);
        ReadOnlySpan<double> values = window.Values;
        result = 0;
        if (values.Length < 2)
        {
            return false;
        }

        double previous = 0;
        double current = values[0];
        double trend = values[1] - values[0];
        for (int i = 1; i < values.Length; i++)
        {
            if (i > 1)
            {
                trend = (trendFactor * (current - previous)) + ((1 - trendFactor) * trend);
            }

            double next = (smoothing * values[i]) + ((1 - smoothing) * (current + trend));
            previous = current;
            current = next;
        }

        result = current;
        return true;
    }

    private static void CheckFactor(string name, string symbol, double factor)
    {
        if (factor is <= 0 or >= 1)
        {
            throw new QueryExecutionException(string.Create(
                CultureInfo.InvariantCulture, $"invalid {name} factor. Expected: 0 < {symbol} < 1, got: {factor:F6}"));
        }
    }
}
