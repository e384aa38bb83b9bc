namespace Tsdb.Query.Functions;

/// <summary><c>first_over_time</c>.</summary>
internal readonly struct FirstOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        result = window.Values[0];
        return true;
    }
}
