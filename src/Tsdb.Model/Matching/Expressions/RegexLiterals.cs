using System.Text;

namespace Tsdb.Model.Matching.Expressions;

/// <summary>Finds the values an expression can match, if they are few, and what all of them begin with.</summary>
internal static class RegexLiterals
{
    /// <summary>More values than this are not listed: trying the expression is then as good.</summary>
    private const int MaxCount = 1024;

    /// <summary>More bytes than this in all are not listed.</summary>
    private const int MaxTotalBytes = 1 << 20;

    /// <summary>Every value that matches, as UTF-8, sorted bytewise and distinct; null when they are many or without end.</summary>
    public static byte[][]? SetOf(RegexNode node)
    {
        List<byte[]>? all = Expand(node);
        if (all is null)
        {
            return null;
        }

        byte[][] sorted = [.. all];
        Array.Sort(sorted, static (left, right) => left.AsSpan().SequenceCompareTo(right));
        return [.. sorted.Where((value, i) => i == 0 || !value.AsSpan().SequenceEqual(sorted[i - 1]))];
    }

    /// <summary>The longest literal found that every matching value begins with.</summary>
    public static byte[] PrefixOf(RegexNode node)
    {
        var prefix = new List<byte>();
        AppendPrefix(node, prefix);
        return [.. prefix];
    }

    private static List<byte[]>? Expand(RegexNode node) => node switch
    {
        RegexCharacter character => Expand(character.Set),
        RegexConcatenation concatenation => Expand(concatenation),
        RegexAlternation alternation => Union(alternation.Alternatives.Select(Expand)),
        RegexRepetition { Max: int max } repetition => Expand(repetition, max),
        _ => null,
    };

    private static List<byte[]>? Expand(RuneSet set)
    {
        if (set.Count > MaxCount)
        {
            return null;
        }

        var values = new List<byte[]>();
        foreach (RuneRange range in set.Ranges)
        {
            for (int rune = range.Low; rune <= range.High; rune++)
            {
                if (Rune.IsValid(rune))
                {
                    values.Add(Utf8Of(rune));
                }
            }
        }

        return values;
    }

    private static List<byte[]>? Expand(RegexConcatenation concatenation)
    {
        List<byte[]>? values = [[]];
        var run = new List<byte>(); // single characters in a row are joined at once: texts are mostly these
        foreach (RegexNode part in concatenation.Parts)
        {
            if (part is RegexCharacter { Set.Count: 1 } character)
            {
                run.AddRange(Utf8Of(character.Set.Ranges[0].Low));
                continue;
            }

            values = Product(Product(values, [[.. run]]), Expand(part));
            run.Clear();
            if (values is null)
            {
                return null;
            }
        }

        return Product(values, [[.. run]]);
    }

    private static List<byte[]>? Expand(RegexRepetition repetition, int max)
    {
        List<byte[]>? part = Expand(repetition.Part);
        List<byte[]>? power = part is null ? null : [[]];
        var powers = new List<List<byte[]>?>();
        for (int times = 0; times <= max && power is not null; times++)
        {
            if (times >= repetition.Min)
            {
                powers.Add(power);
            }

            power = times < max ? Product(power, part) : power;
        }

        return power is null ? null : Union(powers);
    }

    private static List<byte[]>? Product(List<byte[]>? left, List<byte[]>? right)
    {
        if (left is null || right is null || (long)left.Count * right.Count > MaxCount)
        {
            return null;
        }

        long totalBytes = left.Sum(value => (long)value.Length * right.Count) + right.Sum(value => (long)value.Length * left.Count);
        return totalBytes > MaxTotalBytes ? null : [.. left.SelectMany(_ => right, byte[] (start, end) => [.. start, .. end])];
    }

    private static List<byte[]>? Union(IEnumerable<List<byte[]>?> sets)
    {
        var union = new List<byte[]>();
        foreach (List<byte[]>? set in sets)
        {
            if (set is null || union.Count + set.Count > MaxCount)
            {
                return null;
            }

            union.AddRange(set);
        }

        return union.Sum(value => (long)value.Length) > MaxTotalBytes ? null : union;
    }

    private static byte[] Utf8Of(int rune) => Encoding.UTF8.GetBytes(new Rune(rune).ToString());

    // Returns true when the node matches exactly what was appended, so that what follows it may be appended too.
    private static bool AppendPrefix(RegexNode node, List<byte> prefix)
    {
        switch (node)
        {
            case RegexCharacter { Set.Count: 1 } character:
                prefix.AddRange(Utf8Of(character.Set.Ranges[0].Low));
                return true;
            case RegexConcatenation concatenation:
                return concatenation.Parts.All(part => AppendPrefix(part, prefix));
            case RegexAlternation alternation:
                AppendCommonPrefix(alternation, prefix);
                return false;
            case RegexRepetition { Min: > 0 } repetition:
                return AppendPrefix(repetition.Part, prefix) && repetition is { Min: 1, Max: 1 };
            default:
                return false;
        }
    }

    private static void AppendCommonPrefix(RegexAlternation alternation, List<byte> prefix)
    {
        byte[]? common = null;
        foreach (RegexNode alternative in alternation.Alternatives)
        {
            byte[] own = PrefixOf(alternative);
            common = common is null ? own : common[..common.AsSpan().CommonPrefixLength(own)];
        }

        prefix.AddRange(common ?? []);
    }
}
