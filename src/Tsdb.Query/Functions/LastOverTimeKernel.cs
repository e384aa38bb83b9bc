namespace Tsdb.Query.Functions;

/// <summary><c>last_over_time</c>.</summary>
internal readonly struct LastOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        result = window.Values[^1];
        return true;
    }
}
