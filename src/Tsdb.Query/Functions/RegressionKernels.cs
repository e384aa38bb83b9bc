using Tsdb.Model.Time;

namespace Tsdb.Query.Functions;

/// <summary><c>deriv</c>: the slope per second of the least-squares line through the samples.</summary>
internal readonly struct DerivKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        result = 0;
        if (window.Values.Length < 2)
        {
            return false;
        }

        // Any origin would do; one near the samples keeps the sums small.
        (result, _) = LinearRegression.Of(window, Timestamps.ToMilliseconds(window.TimestampsNs[0]));
        return true;
    }
}

/// <summary><c>predict_linear</c>: the value of that line the first parameter's seconds after the step.</summary>
internal readonly struct PredictLinearKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        result = 0;
        if (window.Values.Length < 2)
        {
            return false;
        }

        (double slope, double intercept) = LinearRegression.Of(window, window.StepMs);
        result = (slope * window.Parameter) + intercept;
        return true;
    }
}

/// <summary>A least-squares line through samples.</summary>
internal static class LinearRegression
{
    /// <summary>The line's slope per second and its value at <paramref name="originMs"/>; times are cut to milliseconds, as Prometheus has them.</summary>
    public static (double Slope, double Intercept) Of(in SampleWindow window, long originMs)
    {
        var sumX = default(CompensatedSum);
        var sumY = default(CompensatedSum);
        var sumXY = default(CompensatedSum);
        var sumXX = default(CompensatedSum);
        double firstY = window.Values[0];
        bool isConstant = true;
        for (int i = 0; i < window.Values.Length; i++)
        {
            double y = window.Values[i];
            isConstant &= i == 0 || y == firstY;
            double x = (Timestamps.ToMilliseconds(window.TimestampsNs[i]) - originMs) / 1000.0;
            sumX.Add(x);
            sumY.Add(y);
            sumXY.Add(x * y);
            sumXX.Add(x * x);
        }

        if (isConstant)
        {
            return double.IsInfinity(firstY) ? (double.NaN, double.NaN) : (0, firstY);
        }

        double n = window.Values.Length;
        double x1 = sumX.Sum + sumX.Compensation;
        double y1 = sumY.Sum + sumY.Compensation;
        double covariance = sumXY.Sum + sumXY.Compensation - (x1 * y1 / n);
        double variance = sumXX.Sum + sumXX.Compensation - (x1 * x1 / n);
        double slope = covariance / variance;
        return (slope, (y1 / n) - (slope * x1 / n));
    }
}
