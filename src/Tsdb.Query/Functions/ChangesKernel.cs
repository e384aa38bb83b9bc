namespace Tsdb.Query.Functions;

/// <summary><c>changes</c>: how often the value differs from the one before; NaN does not differ from NaN.</summary>
internal readonly struct ChangesKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        int changes = 0;
        for (int i = 1; i < window.Values.Length; i++)
        {
            double current = window.Values[i];
            double previous = window.Values[i - 1];
            if (current != previous && !(double.IsNaN(current) && double.IsNaN(previous)))
            {
                changes++;
            }
        }

        result = changes;
        return true;
    }
}
