using System.Collections.Concurrent;
using System.Globalization;

namespace Tsdb.Model.Matching.Expressions;

/// <summary>The named sets of code points of RE2: <c>\d</c>, <c>[:alpha:]</c>, <c>\p{Lu}</c>.</summary>
internal static class RuneClasses
{
    private static readonly RuneSet Digits = RuneSet.Of(new RuneRange('0', '9'));
    private static readonly RuneSet Words = RuneSet.Of(new('0', '9'), new('A', 'Z'), new('_', '_'), new('a', 'z'));
    private static readonly RuneSet Spaces = RuneSet.Of(new('\t', '\n'), new('\f', '\r'), new(' ', ' '));

    private static readonly Dictionary<string, RuneSet> Posix = new(StringComparer.Ordinal)
    {
        ["alnum"] = RuneSet.Of(new('0', '9'), new('A', 'Z'), new('a', 'z')),
        ["alpha"] = RuneSet.Of(new('A', 'Z'), new('a', 'z')),
        ["ascii"] = RuneSet.Of(new RuneRange(0, 0x7F)),
        ["blank"] = RuneSet.Of(new('\t', '\t'), new(' ', ' ')),
        ["cntrl"] = RuneSet.Of(new(0, 0x1F), new(0x7F, 0x7F)),
        ["digit"] = Digits,
        ["graph"] = RuneSet.Of(new RuneRange('!', '~')),
        ["lower"] = RuneSet.Of(new RuneRange('a', 'z')),
        ["print"] = RuneSet.Of(new RuneRange(' ', '~')),
        ["punct"] = RuneSet.Of(new('!', '/'), new(':', '@'), new('[', '`'), new('{', '~')),
        ["space"] = RuneSet.Of(new('\t', '\r'), new(' ', ' ')),
        ["upper"] = RuneSet.Of(new RuneRange('A', 'Z')),
        ["word"] = Words,
        ["xdigit"] = RuneSet.Of(new('0', '9'), new('A', 'F'), new('a', 'f')),
    };

    private static readonly ConcurrentDictionary<string, RuneSet> Unicode = new(StringComparer.Ordinal); // at most one entry per known name

    // In the order of UnicodeCategory.
    private static readonly string[] CategoryNames =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf",
        "Po", "Sm", "Sc", "Sk", "So",
    ];

    /// <summary>The class of <c>\d \s \w</c> and, negated, <c>\D \S \W</c>; null for another letter.</summary>
    public static RuneSet? Perl(int letter) => letter switch
    {
        'd' => Digits,
        's' => Spaces,
        'w' => Words,
        'D' => Digits.Negate(),
        'S' => Spaces.Negate(),
        'W' => Words.Negate(),
        _ => null,
    };

    /// <summary>The class of <c>[:name:]</c>; null when there is none.</summary>
    public static RuneSet? OfPosixName(string name) => Posix.GetValueOrDefault(name);

    /// <summary>The code points of a general category, <c>Lu</c>, or a group of them, <c>L</c>; null when there is none of the name.</summary>
    public static RuneSet? OfUnicodeName(string name)
    {
        if (name == "Any")
        {
            return RuneSet.All;
        }

        bool[] wanted = [.. CategoryNames.Select(category => category == name || (name.Length == 1 && category[0] == name[0]))];
        return wanted.Contains(true) ? Unicode.GetOrAdd(name, static (_, categories) => Collect(categories), wanted) : null;
    }

    private static RuneSet Collect(bool[] wanted)
    {
        var ranges = new List<RuneRange>();
        for (int rune = 0; rune <= RuneRange.MaxRune; rune++)
        {
            UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(rune);
            if (category == UnicodeCategory.OtherNotAssigned || !wanted[(int)category])
            {
                continue;
            }

            if (ranges.Count > 0 && ranges[^1].High == rune - 1)
            {
                ranges[^1] = new RuneRange(ranges[^1].Low, rune);
            }
            else
            {
                ranges.Add(new RuneRange(rune, rune));
            }
        }

        return RuneSet.Of([.. ranges]);
    }
}
