using System.Globalization;
using System.Text.RegularExpressions;

namespace Tsdb.Conformance.Tests.Reading;

/// <summary>Durations of scripts: <c>1h30m</c>, <c>10s53ms</c> or <c>0</c>.</summary>
internal static partial class ScriptDuration
{
    /// <summary>The duration in milliseconds.</summary>
    public static long ParseMs(string text)
    {
        Match match = Pattern().Match(text);
        if (text != "0" && (!match.Success || text.Length == 0))
        {
            throw new FormatException($"\"{text}\" is not a duration.");
        }

        long[] unitsMs = [365L * 24 * 3_600_000, 7L * 24 * 3_600_000, 24L * 3_600_000, 3_600_000, 60_000, 1000, 1];
        long total = 0;
        for (int i = 0; i < unitsMs.Length; i++)
        {
            Group group = match.Groups[i + 1];
            total += group.Success ? long.Parse(group.Value, CultureInfo.InvariantCulture) * unitsMs[i] : 0;
        }

        return total;
    }

    [GeneratedRegex("^(?:([0-9]+)y)?(?:([0-9]+)w)?(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?$")]
    private static partial Regex Pattern();
}
