using System.Globalization;
using System.Text.RegularExpressions;
using Tsdb.Model.Labels;
using Tsdb.Model.Samples;

namespace Tsdb.Conformance.Tests.Reading;

/// <summary>A series line of a script: <c>name{l="v"} 1 _x3 0+10x5 stale</c>.</summary>
internal sealed partial record SeriesLine(LabelSet Labels, IReadOnlyList<ScriptItem> Items)
{
    /// <summary>How far from each item's time its start timestamp lies, in milliseconds; null where unknown.</summary>
    public IReadOnlyList<long?> StartOffsetsMs { get; init; } = [];

    public static SeriesLine Parse(string line)
    {
        (LabelSet labels, string rest) = MetricText.Split(line);
        var items = new List<ScriptItem>();
        string remaining = rest.Trim();
        while (remaining.Length > 0)
        {
            Match match = Item().Match(remaining);
            if (!match.Success)
            {
                throw new FormatException($"\"{remaining}\" is not an item of a series line.");
            }

            Expand(match, items);
            remaining = remaining[match.Length..].TrimStart();
        }

        return new SeriesLine(labels, items);
    }

    private static void Expand(Match match, List<ScriptItem> items)
    {
        int times = match.Groups["times"].Success ? int.Parse(match.Groups["times"].Value, CultureInfo.InvariantCulture) : 0;
        if (match.Groups["gap"].Success)
        {
            items.AddRange(Enumerable.Repeat(default(ScriptItem), Math.Max(times, match.Groups["times"].Success ? 0 : 1)));
        }
        else if (match.Groups["histogram"].Success)
        {
            items.AddRange(Enumerable.Repeat(new ScriptItem(null, true), times + 1));
        }
        else if (match.Groups["stale"].Success)
        {
            items.Add(new ScriptItem(StalenessMarker.Value, false));
        }
        else
        {
            double value = Number(match.Groups["value"].Value);
            double step = match.Groups["step"].Success ? Number(match.Groups["step"].Value) : 0;
            for (int i = 0; i <= times; i++)
            {
                items.Add(new ScriptItem(value, false));
                value += step;
            }
        }
    }

    /// <summary>Reads a number of a script.</summary>
    public static double Number(string text)
    {
        string magnitude = text.TrimStart('+', '-');
        double sign = text.StartsWith('-') ? -1 : 1;
        return magnitude.ToUpperInvariant() switch
        {
            "INF" => sign * double.PositiveInfinity,
            "NAN" => double.NaN,
            _ => sign * double.Parse(magnitude, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
    }

    [GeneratedRegex("""
        ^(?:
          (?<gap>_)(?:x(?<times>[0-9]+))?
        | (?<histogram>\{\{.*?\}\})(?:[+-]\{\{.*?\}\})?(?:x(?<times>[0-9]+))?
        | (?<stale>stale)
        | (?<value>[+-]?(?:[0-9.]+(?:e[+-]?[0-9]+)?|inf|nan))(?<step>[+-](?:[0-9.]+(?:e[+-]?[0-9]+)?|inf|nan))(?:x(?<times>[0-9]+))
        | (?<value>[+-]?(?:[0-9.]+(?:e[+-]?[0-9]+)?|inf|nan))(?:x(?<times>[0-9]+))?
        )(?=\s|$)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase)]
    private static partial Regex Item();
}
