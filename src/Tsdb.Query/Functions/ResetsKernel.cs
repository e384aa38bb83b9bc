namespace Tsdb.Query.Functions;

/// <summary><c>resets</c>: how often the value falls, or a start timestamp tells of a restart.</summary>
internal readonly struct ResetsKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        int resets = 0;
        for (int i = 1; i < window.Values.Length; i++)
        {
            if (window.IsReset(i))
            {
                resets++;
            }
        }

        result = resets;
        return true;
    }
}
