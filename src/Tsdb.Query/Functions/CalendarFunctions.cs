namespace Tsdb.Query.Functions;

/// <summary>The functions that name a part of a time.</summary>
internal static class CalendarFunctions
{
    /// <summary><c>minute</c> of seconds since the Unix epoch, in UTC.</summary>
    public readonly struct Minute : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => CalendarTime.TryOf(value, out DateTime time) ? time.Minute : double.NaN;
    }

    /// <summary><c>hour</c> of seconds since the Unix epoch, in UTC.</summary>
    public readonly struct Hour : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => CalendarTime.TryOf(value, out DateTime time) ? time.Hour : double.NaN;
    }

    /// <summary><c>day_of_week</c> of seconds since the Unix epoch, in UTC.</summary>
    public readonly struct DayOfWeek : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => CalendarTime.TryOf(value, out DateTime time) ? (int)time.DayOfWeek : double.NaN;
    }

    /// <summary><c>day_of_month</c> of seconds since the Unix epoch, in UTC.</summary>
    public readonly struct DayOfMonth : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => CalendarTime.TryOf(value, out DateTime time) ? time.Day : double.NaN;
    }

    /// <summary><c>day_of_year</c> of seconds since the Unix epoch, in UTC.</summary>
    public readonly struct DayOfYear : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => CalendarTime.TryOf(value, out DateTime time) ? time.DayOfYear : double.NaN;
    }

    /// <summary><c>days_in_month</c> of seconds since the Unix epoch, in UTC.</summary>
    public readonly struct DaysInMonth : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => CalendarTime.TryOf(value, out DateTime time) ? DateTime.DaysInMonth(time.Year, time.Month) : double.NaN;
    }

    /// <summary><c>month</c> of seconds since the Unix epoch, in UTC.</summary>
    public readonly struct Month : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => CalendarTime.TryOf(value, out DateTime time) ? time.Month : double.NaN;
    }

    /// <summary><c>year</c> of seconds since the Unix epoch, in UTC.</summary>
    public readonly struct Year : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => CalendarTime.TryOf(value, out DateTime time) ? time.Year : double.NaN;
    }
}
