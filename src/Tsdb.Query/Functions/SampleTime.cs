using Tsdb.Model.Time;

namespace Tsdb.Query.Functions;

/// <summary>Timestamps as PromQL's numbers.</summary>
internal static class SampleTime
{
    /// <summary>Seconds since the Unix epoch, cut to whole milliseconds first: nanoseconds since 1970 exceed a double's 53 bits.</summary>
    public static double ToSeconds(long timestampNs) => Timestamps.ToMilliseconds(timestampNs) / 1000.0;
}
