namespace Tsdb.Query.Functions;

/// <summary><c>count_over_time</c>.</summary>
internal readonly struct CountOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        result = window.Values.Length;
        return true;
    }
}
