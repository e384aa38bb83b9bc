namespace Tsdb.Query.Functions;

/// <summary><c>ts_of_min_over_time</c>: the timestamp of the last sample with the smallest value, in seconds.</summary>
internal readonly struct TimestampOfMinKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        int best = 0;
        for (int i = 1; i < window.Values.Length; i++)
        {
            if (window.Values[i] <= window.Values[best] || double.IsNaN(window.Values[best]))
            {
                best = i;
            }
        }

        result = SampleTime.ToSeconds(window.TimestampsNs[best]);
        return true;
    }
}
