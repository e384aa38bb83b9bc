namespace Tsdb.Query.Functions;

/// <summary>The calendar's reading of a sample value.</summary>
internal static class CalendarTime
{
    private static readonly double MinSeconds = -DateTime.UnixEpoch.Ticks / (double)TimeSpan.TicksPerSecond;
    private static readonly double MaxSeconds = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond;

    /// <summary>Cuts seconds since the Unix epoch to a whole second of the years 1 to 9999; false outside them.</summary>
    public static bool TryOf(double seconds, out DateTime time)
    {
        bool isInCalendar = seconds >= MinSeconds && seconds < MaxSeconds;
        time = isInCalendar ? DateTime.UnixEpoch.AddTicks((long)seconds * TimeSpan.TicksPerSecond) : default;
        return isInCalendar;
    }
}
