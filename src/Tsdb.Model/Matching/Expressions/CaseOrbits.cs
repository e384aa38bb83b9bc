using System.Text;

namespace Tsdb.Model.Matching.Expressions;

/// <summary>Groups of code points that differ by case only (Unicode simple case folding, as RE2 uses it).</summary>
/// <remarks>Built once when first needed, from the runtime's case mappings and the groups these leave apart.</remarks>
internal static class CaseOrbits
{
    private const int EndOfCasedRunes = 0x1F000; // no letters with case beyond

    // Unicode's CaseFolding.txt (status C and S) where several code points fold together, or one folds that the runtime keeps as it is.
    private static readonly string[] Irregular =
    [
        "Kk\u212A", "Ss\u017F", "\u00C5\u00E5\u212B", "\u00B5\u039C\u03BC", "\u00DF\u1E9E", "\u01C4\u01C5\u01C6", "\u01C7\u01C8\u01C9",
        "\u01CA\u01CB\u01CC", "\u01F1\u01F2\u01F3", "\u0345\u0399\u03B9\u1FBE", "\u0392\u03B2\u03D0", "\u0395\u03B5\u03F5", "\u0398\u03B8\u03D1\u03F4",
        "\u039A\u03BA\u03F0", "\u03A0\u03C0\u03D6", "\u03A1\u03C1\u03F1", "\u03A3\u03C2\u03C3", "\u03A6\u03C6\u03D5", "\u03A9\u03C9\u2126",
        "\u1E60\u1E61\u1E9B", "\u0412\u0432\u1C80", "\u0414\u0434\u1C81", "\u041E\u043E\u1C82", "\u0421\u0441\u1C83", "\u0422\u0442\u1C84\u1C85",
        "\u042A\u044A\u1C86", "\u0462\u0463\u1C87",
    ];

    private static readonly Lazy<Dictionary<int, int[]>> Orbits = new(Build);

    /// <summary>Adds to a set everything that shares an orbit with one of its code points.</summary>
    public static RuneSet Close(RuneSet set)
    {
        var ranges = new List<RuneRange>();
        ranges.AddRange(set.Ranges);
        foreach (RuneRange range in set.Ranges)
        {
            for (int rune = range.Low; rune <= Math.Min(range.High, EndOfCasedRunes); rune++)
            {
                foreach (int other in Orbits.Value.GetValueOrDefault(rune, []))
                {
                    ranges.Add(new RuneRange(other, other));
                }
            }
        }

        return RuneSet.Of([.. ranges]);
    }

    private static Dictionary<int, int[]> Build()
    {
        var groups = new Dictionary<int, List<int>>();
        for (int value = 0; value < EndOfCasedRunes; value++)
        {
            if (!Rune.TryCreate(value, out Rune rune))
            {
                continue;
            }

            int key = Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).Value;
            if (!groups.TryGetValue(key, out List<int>? group))
            {
                groups.Add(key, group = []);
            }

            group.Add(value);
        }

        var orbits = new Dictionary<int, int[]>();
        foreach (int[] orbit in groups.Values.Where(g => g.Count > 1).Select(g => g.ToArray()).Concat(Irregular.Select(RunesOf)))
        {
            foreach (int rune in orbit)
            {
                orbits[rune] = orbit; // the irregular groups come last and hold the regular ones they replace
            }
        }

        return orbits;
    }

    private static int[] RunesOf(string text) => [.. text.EnumerateRunes().Select(rune => rune.Value)];
}
