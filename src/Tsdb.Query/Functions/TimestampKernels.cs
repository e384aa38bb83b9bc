using Tsdb.Model.Time;

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

/// <summary><c>ts_of_max_over_time</c>: the timestamp of the last sample with the largest value, in seconds.</summary>
internal readonly struct TimestampOfMaxKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        int best = 0;
        for (int i = 1; i < window.Values.Length; i++)
        {
            if (window.Values[i] >= window.Values[best] || double.IsNaN(window.Values[best]))
            {
                best = i;
            }
        }

        result = SampleTime.ToSeconds(window.TimestampsNs[best]);
        return true;
    }
}

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

/// <summary>Timestamps as PromQL's numbers.</summary>
internal static class SampleTime
{
    /// <summary>Seconds since the Unix epoch, cut to whole milliseconds first: nanoseconds since 1970 exceed a double's 53 bits.</summary>
    public static double ToSeconds(long timestampNs) => Timestamps.ToMilliseconds(timestampNs) / 1000.0;
}
