using Tsdb.Model.Time;

namespace Tsdb.Storage.Chunks;

/// <summary>The UTC-aligned two-hour windows that in-order chunks never cross.</summary>
internal static class TimeWindow
{
    /// <summary>A window's length. Blocks rely on it: it never changes for a data folder.</summary>
    public const long LengthNs = 2 * 3600 * Timestamps.NsPerSecond;

    /// <summary>The first instant of the window that holds a timestamp, held at the start of the 64-bit range.</summary>
    public static long StartOf(long timestampNs)
    {
        long rest = timestampNs % LengthNs;
        return Timestamps.AddSaturating(timestampNs, -(rest < 0 ? rest + LengthNs : rest));
    }

    /// <summary>The last instant of the window that holds a timestamp, held at the end of the 64-bit range.</summary>
    public static long EndOf(long timestampNs)
    {
        long rest = timestampNs % LengthNs;
        return Timestamps.AddSaturating(timestampNs, LengthNs - 1 - (rest < 0 ? rest + LengthNs : rest));
    }
}
