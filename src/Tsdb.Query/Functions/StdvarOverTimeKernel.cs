namespace Tsdb.Query.Functions;

/// <summary><c>stdvar_over_time</c>: the population variance, by Welford's method with compensated sums.</summary>
internal readonly struct StdvarOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        double count = 0;
        var mean = default(CompensatedSum);
        var squares = default(CompensatedSum);
        foreach (double value in window.Values)
        {
            count++;
            double delta = value - (mean.Sum + mean.Compensation);
            mean.Add(delta / count);
            squares.Add(delta * (value - (mean.Sum + mean.Compensation)));
        }

        result = (squares.Sum + squares.Compensation) / count;
        return true;
    }
}
