namespace Tsdb.Query.Functions;

/// <summary><c>ts_of_first_over_time</c>: the timestamp of the first sample, in seconds.</summary>
internal readonly struct TimestampOfFirstKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        result = SampleTime.ToSeconds(window.TimestampsNs[0]);
        return true;
    }
}
