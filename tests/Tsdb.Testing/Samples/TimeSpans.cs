namespace Tsdb.Testing.Samples;

/// <summary>Spans of time as tests write them: <c>10.Seconds()</c>.</summary>
public static class TimeSpans
{
    /// <summary>A number of milliseconds.</summary>
    public static TimeSpan Milliseconds(this int count) => TimeSpan.FromMilliseconds(count);

    /// <summary>A number of seconds.</summary>
    public static TimeSpan Seconds(this int count) => TimeSpan.FromSeconds(count);

    /// <summary>A number of minutes.</summary>
    public static TimeSpan Minutes(this int count) => TimeSpan.FromMinutes(count);

    /// <summary>A number of hours.</summary>
    public static TimeSpan Hours(this int count) => TimeSpan.FromHours(count);
}
