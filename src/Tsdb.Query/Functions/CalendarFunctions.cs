namespace Tsdb.Query.Functions;

/// <summary><c>minute</c> of seconds since the Unix epoch, in UTC.</summary>
internal readonly struct MinuteFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => CalendarTime.TryOf(value, out DateTime time) ? time.Minute : double.NaN;
}

/// <summary><c>hour</c> of seconds since the Unix epoch, in UTC.</summary>
internal readonly struct HourFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => CalendarTime.TryOf(value, out DateTime time) ? time.Hour : double.NaN;
}

/// <summary><c>day_of_week</c> of seconds since the Unix epoch, in UTC.</summary>
internal readonly struct DayOfWeekFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => CalendarTime.TryOf(value, out DateTime time) ? (int)time.DayOfWeek : double.NaN;
}

/// <summary><c>day_of_month</c> of seconds since the Unix epoch, in UTC.</summary>
internal readonly struct DayOfMonthFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => CalendarTime.TryOf(value, out DateTime time) ? time.Day : double.NaN;
}

/// <summary><c>day_of_year</c> of seconds since the Unix epoch, in UTC.</summary>
internal readonly struct DayOfYearFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => CalendarTime.TryOf(value, out DateTime time) ? time.DayOfYear : double.NaN;
}

/// <summary><c>days_in_month</c> of seconds since the Unix epoch, in UTC.</summary>
internal readonly struct DaysInMonthFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => CalendarTime.TryOf(value, out DateTime time) ? DateTime.DaysInMonth(time.Year, time.Month) : double.NaN;
}

/// <summary><c>month</c> of seconds since the Unix epoch, in UTC.</summary>
internal readonly struct MonthFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => CalendarTime.TryOf(value, out DateTime time) ? time.Month : double.NaN;
}

/// <summary><c>year</c> of seconds since the Unix epoch, in UTC.</summary>
internal readonly struct YearFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => CalendarTime.TryOf(value, out DateTime time) ? time.Year : double.NaN;
}

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
