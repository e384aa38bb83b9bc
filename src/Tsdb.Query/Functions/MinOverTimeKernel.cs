namespace Tsdb.Query.Functions;

/// <summary><c>min_over_time</c>: NaN only when every value is NaN.</summary>
internal readonly struct MinOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        result = Extremes.Min(window.Values);
        return true;
    }
}
