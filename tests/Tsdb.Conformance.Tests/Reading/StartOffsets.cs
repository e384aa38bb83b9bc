using System.Globalization;
using System.Text.RegularExpressions;

namespace Tsdb.Conformance.Tests.Reading;

/// <summary>The line above a series line that tells its start timestamps: <c>name{l="v"}@st _ -30s-1mx2 0</c>.</summary>
internal static partial class StartOffsets
{
    /// <summary>Reads the line; false when it is none of this kind.</summary>
    public static bool TryParse(string line, out IReadOnlyList<long?> offsetsMs)
    {
        var offsets = new List<long?>();
        offsetsMs = offsets;
        Match mark = Mark().Match(line);
        if (!mark.Success)
        {
            return false;
        }

        foreach (string text in line[mark.Length..].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            Match item = Item().Match(text);
            if (!item.Success)
            {
                throw new FormatException($"\"{text}\" is not an offset of a start timestamp.");
            }

            int times = item.Groups["times"].Success ? int.Parse(item.Groups["times"].Value, CultureInfo.InvariantCulture) : 0;
            if (item.Groups["gap"].Success)
            {
                offsets.AddRange(Enumerable.Repeat<long?>(null, Math.Max(times, 1)));
                continue;
            }

            long stepMs = item.Groups["step"].Success ? SignedMs(item.Groups["step"].Value) : 0;
            for (long i = 0, offsetMs = SignedMs(item.Groups["first"].Value); i <= times; i++, offsetMs += stepMs)
            {
                offsets.Add(offsetMs);
            }
        }

        return true;
    }

    private static long SignedMs(string text) => (text[0] == '-' ? -1 : 1) * ScriptDuration.ParseMs(text.TrimStart('+', '-'));

    [GeneratedRegex(@"^\S*?(?:\{[^}]*\})?@st\s")]
    private static partial Regex Mark();

    [GeneratedRegex(@"^(?:(?<gap>_)|(?<first>[+-]?(?:[0-9]+(?:ms|[smhdwy]))+|[+-]?0)(?<step>[+-](?:[0-9]+(?:ms|[smhdwy]))+)?)(?:x(?<times>[0-9]+))?$")]
    private static partial Regex Item();
}
