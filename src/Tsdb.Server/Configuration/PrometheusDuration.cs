using System.Globalization;

namespace Tsdb.Server.Configuration;

/// <summary>Durations as Prometheus writes them: numbers with units y, w, d, h, m, s and ms, largest first, each at most once: <c>1h30m</c>.</summary>
internal static class PrometheusDuration
{
    private static readonly (string Suffix, TimeSpan Span)[] Units =
    [
        ("y", TimeSpan.FromDays(365)), ("w", TimeSpan.FromDays(7)), ("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1)), ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    // Prometheus counts nanoseconds in 64 bits.
    private static readonly TimeSpan Longest = TimeSpan.FromMicroseconds(long.MaxValue / 1000);

    /// <summary>Reads a duration; a bare 0 needs no unit. False when the text is none, or is longer than 292 years.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text is "0")
        {
            return true;
        }

        bool isDuration = !text.IsEmpty;
        int unit = 0;
        while (isDuration && !text.IsEmpty)
        {
            isDuration = TryTakePart(ref text, ref unit, ref duration);
        }

        return isDuration;
    }

    /// <summary>Writes a duration in its largest units, without milliseconds' fractions.</summary>
    public static string Format(TimeSpan duration)
    {
        string text = "";
        foreach ((string suffix, TimeSpan span) in Units)
        {
            long count = duration.Ticks / span.Ticks;

            // Years and weeks only where nothing is left over: 15d reads better than 2w1d.
            if (count > 0 && (suffix is not ("y" or "w") || duration.Ticks % span.Ticks == 0))
            {
                duration -= count * span;
                text += count.ToString(CultureInfo.InvariantCulture) + suffix;
            }
        }

        return text.Length == 0 ? "0s" : text;
    }

    // Takes a number and its unit, which must be smaller than the units before (those below index `unit` are spent).
    private static bool TryTakePart(ref ReadOnlySpan<char> text, ref int unit, ref TimeSpan duration)
    {
        int digits = text.IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || !long.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out long count))
        {
            return false;
        }

        text = text[digits..];
        int letters = text.IndexOfAnyInRange('0', '9') is var next and >= 0 ? next : text.Length;
        ReadOnlySpan<char> suffix = text[..letters];
        text = text[letters..];
        while (unit < Units.Length && !suffix.SequenceEqual(Units[unit].Suffix))
        {
            unit++;
        }

        if (unit == Units.Length || count > (Longest - duration).Ticks / Units[unit].Span.Ticks)
        {
            return false;
        }

        duration += count * Units[unit].Span;
        unit++;
        return true;
    }
}
