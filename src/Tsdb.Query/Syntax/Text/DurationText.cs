using System.Globalization;
using System.Text;

namespace Tsdb.Query.Syntax.Text;

/// <summary>Durations as Prometheus reads and writes them: counts with the units y, w, d, h, m, s, ms in this order, each at most once.</summary>
internal static class DurationText
{
    /// <summary>Most seconds a duration may have, on either side of zero: what a signed 64-bit count of nanoseconds holds.</summary>
    public const double MaxSeconds = 9223372036.854775807;

    private const long MaxMilliseconds = long.MaxValue / 1_000_000;

    // The longest first; whether Format uses the unit only when nothing is left over.
    private static readonly (string Name, long Milliseconds, bool OnlyWhenExact)[] Units =
    [
        ("y", 365L * 24 * 3600 * 1000, true),
        ("w", 7L * 24 * 3600 * 1000, true),
        ("d", 24L * 3600 * 1000, true),
        ("h", 3600 * 1000, false),
        ("m", 60 * 1000, false),
        ("s", 1000, false),
        ("ms", 1, false),
    ];

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The duration, without a sign.</param>
    /// <param name="seconds">Its length in seconds.</param>
    /// <returns>What is wrong with it; null when it is right.</returns>
    public static string? Parse(ReadOnlySpan<char> text, out double seconds)
    {
        seconds = 0;
        Int128 total = 0;
        int nextUnit = 0;
        ReadOnlySpan<char> rest = text;
        while (rest.Length > 0)
        {
            int digits = rest.IndexOfAnyExceptInRange('0', '9');
            int unit = digits > 0 ? UnitAt(rest[digits..], nextUnit) : -1;
            if (unit < 0)
                return $"not a valid duration string: {QuotedText.Quote(text)}";
            if (!long.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out long count))
                return "duration out of range";
            total += (Int128)count * Units[unit].Milliseconds;
            if (total > MaxMilliseconds)
                return "duration out of range";
            rest = rest[(digits + Units[unit].Name.Length)..];
            nextUnit = unit + 1;
        }

        (long whole, long milliseconds) = Math.DivRem((long)total, 1000);
        seconds = whole + milliseconds / 1000.0;
        return null;
    }

    /// <summary>Writes a duration, cut to whole milliseconds.</summary>
    public static string Format(double seconds)
    {
        double milliseconds = Math.Truncate(Math.Round(Math.Abs(seconds) * 1e9) / 1e6);
        if (milliseconds < 1)
            return "0s";
        long rest = milliseconds >= MaxMilliseconds ? MaxMilliseconds : (long)milliseconds;
        var text = new StringBuilder(seconds < 0 ? "-" : "");
        foreach ((string name, long unitMilliseconds, bool onlyWhenExact) in Units)
        {
            if (onlyWhenExact && rest % unitMilliseconds != 0)
                continue;
            long count = Math.DivRem(rest, unitMilliseconds, out rest);
            if (count > 0)
                text.Append(CultureInfo.InvariantCulture, $"{count}{name}");
        }

        return text.ToString();
    }

    private static int UnitAt(ReadOnlySpan<char> text, int first)
    {
        for (int unit = Units.Length - 1; unit >= first; unit--) // "ms" before "m"
        {
            if (text.StartsWith(Units[unit].Name, StringComparison.Ordinal))
                return unit;
        }

        return -1;
    }
}
