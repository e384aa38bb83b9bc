namespace Tsdb.Query.Functions;

/// <summary><c>sum_over_time</c>.</summary>
internal readonly struct SumOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        var sum = default(CompensatedSum);
        foreach (double value in window.Values)
        {
            sum.Add(value);
        }

        result = sum.Total;
        return true;
    }
}
