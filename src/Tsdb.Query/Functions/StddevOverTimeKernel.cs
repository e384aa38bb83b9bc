namespace Tsdb.Query.Functions;

/// <summary><c>stddev_over_time</c>: the population standard deviation.</summary>
internal readonly struct StddevOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        StdvarOverTimeKernel.TryEvaluate(window, out double variance);
        result = Math.Sqrt(variance);
        return true;
    }
}
