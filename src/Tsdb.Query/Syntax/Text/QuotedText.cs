using System.Globalization;
using System.Text;

namespace Tsdb.Query.Syntax.Text;

/// <summary>Text in quotes as Go writes it, which is how PromQL prints strings and how Prometheus words its errors.</summary>
internal static class QuotedText
{
    /// <summary>The text in double quotes, escaped so that reading it gives the text again.</summary>
    public static string Quote(ReadOnlySpan<char> text)
    {
        var quoted = new StringBuilder(text.Length + 2);
        quoted.Append('"');
        foreach (Rune rune in text.EnumerateRunes())
            AppendEscaped(quoted, rune, '"');
        return quoted.Append('"').ToString();
    }

    /// <summary>The character at <paramref name="index"/> in single quotes; the replacement character at the end of the text.</summary>
    public static string QuoteCharacter(string text, int index)
    {
        var quoted = new StringBuilder("'");
        Rune rune = RuneAt(text, index);
        if (rune == Rune.ReplacementChar)
            quoted.Append(rune);
        else
            AppendEscaped(quoted, rune, '\'');
        return quoted.Append('\'').ToString();
    }

    /// <summary>The code point at <paramref name="index"/> and, when it can be seen, the character: <c>U+0063 'c'</c>.</summary>
    public static string Name(string text, int index)
    {
        Rune rune = RuneAt(text, index);
        return IsPrintable(rune) ? $"U+{rune.Value:X4} '{rune}'" : $"U+{rune.Value:X4}";
    }

    private static Rune RuneAt(string text, int index)
    {
        if (index >= text.Length)
            return Rune.ReplacementChar;
        return Rune.TryGetRuneAt(text, index, out Rune rune) ? rune : Rune.ReplacementChar;
    }

    private static void AppendEscaped(StringBuilder quoted, Rune rune, char quote)
    {
        string? escape = rune.Value switch
        {
            '\a' => "\\a",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\v' => "\\v",
            '\\' => "\\\\",
            _ when rune.Value == quote => $"\\{quote}",
            0xFFFD => "\\ufffd", // written out it would read as text that could not be decoded
            _ when IsPrintable(rune) => null,
            < ' ' or 0x7F => $"\\x{rune.Value:x2}",
            <= 0xFFFF => $"\\u{rune.Value:x4}",
            _ => $"\\U{rune.Value:x8}",
        };
        if (escape is null)
            quoted.Append(rune);
        else
            quoted.Append(escape);
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
