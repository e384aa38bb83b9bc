using System.Globalization;

namespace Tsdb.Tool.Verbs;

/// <summary>Reads times and durations as people write them on a command line.</summary>
internal static class TimeText
{
    /// <summary>Reads a duration such as <c>500ms</c>, <c>10s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c> or <c>1w</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static TimeSpan ParseDuration(string text)
    {
        (string suffix, TimeSpan unit)[] units =
        [
            ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)),
            ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1)), ("w", TimeSpan.FromDays(7)),
        ];
        foreach ((string suffix, TimeSpan unit) in units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal) &&
                double.TryParse(text[..^suffix.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count))
            {
                return unit * count;
            }
        }

        throw new FormatException($"\"{text}\" is not a duration; write one such as 500ms, 10s, 5m, 2h, 1d or 1w.");
    }

    /// <summary>Reads a time: RFC 3339, Unix seconds, <c>now</c>, or a duration before now such as <c>-1h</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DateTimeOffset ParseTime(string text, DateTimeOffset now)
    {
        if (text == "now")
        {
            return now;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds))
        {
            return DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        }

        if (text.StartsWith('-'))
        {
            return now - ParseDuration(text[1..]);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw new FormatException($"\"{text}\" is not a time; write RFC 3339, Unix seconds, now, or a duration before now such as -1h.");
    }
}
