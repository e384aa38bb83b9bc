using System.Globalization;
using System.Text;

namespace Tsdb.Model.Matching.Expressions;

/// <summary>Reads what follows a backslash, inside and outside of classes.</summary>
internal static class RegexEscapes
{
    /// <summary>Reads a class, <c>d s w D S W pN PN p{Name}</c>, after the backslash; null when none comes.</summary>
    public static RuneSet? TryReadClass(RegexReader reader, RegexFlags flags)
    {
        int start = reader.Position;
        int letter = reader.Peek();
        RuneSet? set = RuneClasses.Perl(letter);
        if (set is not null)
        {
            reader.Read();
        }
        else if (letter is 'p' or 'P')
        {
            reader.Read();
            set = ReadUnicodeClass(reader, start, negated: letter == 'P');
        }

        return set is not null && flags.HasFlag(RegexFlags.FoldCase) ? set.FoldCase() : set;
    }

    /// <summary>Reads a character after the backslash: punctuation, <c>\n</c> and its like, octal and hexadecimal numbers.</summary>
    public static int ReadCharacter(RegexReader reader)
    {
        int start = reader.Position - 1; // of the backslash
        int c = reader.Read();
        switch (c)
        {
            case RegexReader.End:
                reader.Fail(start, "a backslash ends the expression");
                break;
            case >= '1' and <= '7' when reader.Peek() is < '0' or > '7':
                reader.Fail(start, "back-references are not supported, as they cannot be matched in linear time");
                break;
            case >= '0' and <= '7':
                return ReadOctal(reader, c);
            case 'x':
                return ReadHexadecimal(reader, start);
        }

        int plain = c switch { 'a' => '\a', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', 'v' => '\v', _ => RegexReader.End };
        if (plain != RegexReader.End)
        {
            return plain;
        }

        if (c >= 0x80 || char.IsAsciiLetterOrDigit((char)c))
        {
            reader.Fail(start, $"there is no escape \\{new Rune(c)}");
        }

        return c;
    }

    private static int ReadOctal(RegexReader reader, int firstDigit)
    {
        int value = firstDigit - '0';
        for (int digits = 1; digits < 3 && reader.Peek() is >= '0' and <= '7'; digits++)
        {
            value = (value * 8) + reader.Read() - '0';
        }

        return value;
    }

    private static int ReadHexadecimal(RegexReader reader, int start)
    {
        string? digits = reader.TryRead("{") ? reader.ReadUntil("}") : TakeTwo(reader);
        bool isNumber = int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value);
        if (!isNumber || digits!.Length > 8 || value is < 0 or > RuneRange.MaxRune || value is >= 0xD800 and <= 0xDFFF)
        {
            reader.Fail(start, "\\x is followed by two hexadecimal digits, or by a code point in braces");
        }

        return value;
    }

    private static string TakeTwo(RegexReader reader)
    {
        string two = reader.Rest[..Math.Min(2, reader.Rest.Length)].ToString();
        reader.Position += two.Length;
        return two;
    }

    private static RuneSet ReadUnicodeClass(RegexReader reader, int start, bool negated)
    {
        int c = reader.Read();
        string? name = c == '{' ? reader.ReadUntil("}") : c == RegexReader.End ? null : new Rune(c).ToString();
        if (string.IsNullOrEmpty(name))
        {
            reader.Fail(start - 1, "\\p is followed by a letter, or by a name in braces");
        }

        if (name[0] == '^')
        {
            negated = !negated;
            name = name[1..];
        }

        RuneSet? set = RuneClasses.OfUnicodeName(name);
        if (set is null)
        {
            reader.Fail(start - 1, $"there is no Unicode category \"{name}\" (categories like L, Lu, Nd are known; scripts like Greek are not)");
        }

        return negated ? set.Negate() : set;
    }
}
