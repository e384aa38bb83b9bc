using System.Globalization;
using Tsdb.Query.Syntax.Lexing;

namespace Tsdb.Query.Syntax.Text;

/// <summary>Numbers as PromQL reads and writes them.</summary>
internal static class NumberText
{
    /// <summary>The value of a number or of a duration, in seconds.</summary>
    /// <exception cref="QuerySyntaxException">The token has the form of a number but no value.</exception>
    public static double Value(Token token)
    {
        if (token.Kind == TokenKind.Duration)
            return DurationText.Parse(token.Text, out double seconds) is { } wrong ? throw token.Error(wrong) : seconds;
        if (Parse(token.Text, out bool outOfRange) is { } value)
            return value;
        string reason = outOfRange ? "value out of range" : "invalid syntax";
        throw token.Error($"error parsing number: strconv.ParseFloat: parsing {QuotedText.Quote(token.Text)}: {reason}"); // Go's words
    }

    /// <summary>The shortest decimal digits that give the number again, never with an exponent.</summary>
    public static string Format(double value)
    {
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "+Inf" : "-Inf";
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int exponentAt = shortest.IndexOf('E', StringComparison.Ordinal);
        if (exponentAt < 0)
            return shortest;

        int exponent = int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string sign = value < 0 ? "-" : "";
        string digits = shortest[sign.Length..exponentAt].Replace(".", "", StringComparison.Ordinal);
        int point = exponent + 1; // one digit stands before the point
        if (point <= 0)
            return $"{sign}0.{new string('0', -point)}{digits}";
        return point >= digits.Length
            ? sign + digits + new string('0', point - digits.Length)
            : $"{sign}{digits[..point]}.{digits[point..]}";
    }

    /// <summary>Like <see cref="Format"/>, but with an exponent for very small and very large numbers.</summary>
    public static string FormatCompact(double value)
    {
        double magnitude = Math.Abs(value);
        if (magnitude is 0 or (>= 1e-4 and < 1e21) || !double.IsFinite(value))
            return Format(value);
        return value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
    }

    private static double? Parse(ReadOnlySpan<char> text, out bool outOfRange)
    {
        outOfRange = false;
        if (text.Equals("inf", StringComparison.OrdinalIgnoreCase))
            return double.PositiveInfinity;
        if (text.Equals("nan", StringComparison.OrdinalIgnoreCase))
            return double.NaN;
        if (ParseInteger(text) is { } integer)
            return integer;
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value))
            return null;
        outOfRange = double.IsInfinity(value);
        return outOfRange ? null : value;
    }

    // Integers as Go reads them: 0x is hexadecimal, a leading 0 octal, underscores may separate digits.
    private static long? ParseInteger(ReadOnlySpan<char> text)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        int radix = isHex ? 16 : text.Length > 1 && text[0] == '0' ? 8 : 10;
        ReadOnlySpan<char> digits = isHex ? text[2..] : text;
        Int128 value = 0;
        if (digits.IsEmpty || digits[^1] == '_')
            return null;
        foreach (char c in digits)
        {
            if (c == '_')
                continue; // the lexer lets no two stand together
            if (!char.IsAsciiHexDigit(c))
                return null;
            int digit = char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
            if (digit >= radix)
                return null;
            value = value * radix + digit;
            if (value > long.MaxValue)
                return null;
        }

        return (long)value;
    }
}
