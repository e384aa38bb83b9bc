namespace Tsdb.Query.Functions;

/// <summary><c>idelta</c>: the change between the last two samples.</summary>
internal readonly struct IdeltaKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        bool hasTwo = window.Values.Length >= 2;
        result = hasTwo ? window.Values[^1] - window.Values[^2] : 0;
        return hasTwo;
    }
}
