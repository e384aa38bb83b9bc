using System.Globalization;
using Tsdb.Server.Configuration;

namespace Tsdb.Server.Endpoints.Read;

/// <summary>Reads times and durations as the Prometheus API writes them.</summary>
internal static class RequestTime
{
    // How Prometheus prints the ends of its own range of time; clients send them back.
    private const string Earliest = "-292273086-05-16T16:47:06Z";
    private const string Latest = "292277025-08-18T07:12:54.999999999Z";

    private const NumberStyles Float = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly string[] Rfc3339 = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>
    /// Reads seconds since the Unix epoch with decimals (rounded to milliseconds) or an RFC 3339 time with a zone (cut to milliseconds).
    /// </summary>
    /// <returns>False when the text is neither, or lies outside the range of a signed 64-bit count of milliseconds; NaN does.</returns>
    public static bool TryParse(string text, out long milliseconds)
    {
        milliseconds = 0;
        if (double.TryParse(text, Float, CultureInfo.InvariantCulture, out double seconds))
        {
            double whole = Math.Truncate(seconds);
            if (!(Math.Abs(whole) < long.MaxValue / 1000))
            {
                return false;
            }

            milliseconds = ((long)whole * 1000) + (long)Math.Round((seconds - whole) * 1000, MidpointRounding.AwayFromZero);
            return true;
        }

        if (text is Earliest or Latest)
        {
            milliseconds = text == Earliest ? long.MinValue : long.MaxValue;
            return true;
        }

        return TryParseDate(text, out milliseconds);
    }

    /// <summary>Reads seconds with decimals, or a Prometheus duration such as 1h30m.</summary>
    /// <param name="text">The text; may be negative when it is a number.</param>
    /// <param name="duration">The duration, cut to 100 ns.</param>
    /// <param name="overflows">True when the text is a number of seconds too large for 64 bits of nanoseconds.</param>
    public static bool TryParseDuration(string text, out TimeSpan duration, out bool overflows)
    {
        duration = default;
        overflows = false;
        if (!double.TryParse(text, Float, CultureInfo.InvariantCulture, out double seconds))
        {
            return PrometheusDuration.TryParse(text, out duration);
        }

        double nanoseconds = seconds * 1e9;
        overflows = !(Math.Abs(nanoseconds) < long.MaxValue);
        duration = overflows ? default : TimeSpan.FromTicks((long)(nanoseconds / 100));
        return !overflows;
    }

    private static bool TryParseDate(string text, out long milliseconds)
    {
        milliseconds = 0;

        // .NET takes at most seven decimals; RFC 3339 any number. Only three count.
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int end = point < 0 ? -1 : text.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9') + point + 1;
        string shortened = end - point > 8 ? text[..(point + 8)] + text[end..] : text;
        bool hasZone = shortened.EndsWith('Z') || (shortened.Length > 6 && shortened[^6] is '+' or '-' && shortened[^3] == ':');
        if (!hasZone || !DateTimeOffset.TryParseExact(shortened, Rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time))
        {
            return false;
        }

        milliseconds = time.ToUnixTimeMilliseconds();
        return true;
    }
}
