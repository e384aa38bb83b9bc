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
