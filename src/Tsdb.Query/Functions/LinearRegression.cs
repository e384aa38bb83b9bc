using Tsdb.Model.Time;

namespace Tsdb.Query.Functions;

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
