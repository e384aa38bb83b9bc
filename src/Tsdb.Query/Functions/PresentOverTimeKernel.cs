namespace Tsdb.Query.Functions;

/// <summary><c>present_over_time</c>: 1 where there is any sample.</summary>
internal readonly struct PresentOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        result = 1;
        return true;
    }
}
