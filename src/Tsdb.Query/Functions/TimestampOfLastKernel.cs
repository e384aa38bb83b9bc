namespace Tsdb.Query.Functions;

/// <summary><c>ts_of_last_over_time</c>: the timestamp of the last sample, in seconds.</summary>
internal readonly struct TimestampOfLastKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        result = SampleTime.ToSeconds(window.TimestampsNs[^1]);
        return true;
    }
}
