namespace Tsdb.Query.Functions;

/// <summary><c>avg_over_time</c>.</summary>
internal readonly struct AvgOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        var mean = default(RunningMean);
        foreach (double value in window.Values)
        {
            mean.Add(value);
        }

        result = mean.Mean;
        return true;
    }
}
