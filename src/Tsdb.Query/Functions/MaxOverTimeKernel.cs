namespace Tsdb.Query.Functions;

/// <summary><c>max_over_time</c>: NaN only when every value is NaN.</summary>
internal readonly struct MaxOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        result = Extremes.Max(window.Values);
        return true;
    }
}
