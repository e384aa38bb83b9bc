using System.Text;
using Tsdb.Query.Syntax.Text;

namespace Tsdb.Query.Syntax.Lexing;

/// <summary>Finds the end of a quoted string and checks its escapes, which are Go's.</summary>
internal ref struct StringScanner(string text, int start)
{
    private readonly string _text = text;
    private readonly char _quote = text[start];
    private int _position = start + 1;

    /// <summary>Index behind the closing quote once <see cref="Scan"/> found it.</summary>
    public readonly int Position => _position;

    /// <summary>Reads to the closing quote.</summary>
    /// <returns>What is wrong with the string; null when it is right.</returns>
    public string? Scan()
    {
        bool isRaw = _quote == '`';
        while (_position < _text.Length)
        {
            char c = _text[_position];
            if (c == _quote)
            {
                _position++;
                return null;
            }

            if (c == '\n' && !isRaw)
                return "unterminated quoted string";
            if (c == '\\' && !isRaw)
            {
                if (ScanEscape() is { } wrong)
                    return wrong;
            }
            else if (Rune.DecodeFromUtf16(_text.AsSpan(_position), out Rune rune, out int length) != 0 || rune == Rune.ReplacementChar)
            {
                return "invalid UTF-8 rune"; // the replacement character stands for bytes that were none when the text was decoded
            }
            else
            {
                _position += length;
            }
        }

        return isRaw ? "unterminated raw string" : "unterminated quoted string";
    }

    private string? ScanEscape()
    {
        const string Unterminated = "escape sequence not terminated";
        _position++;
        if (_position == _text.Length)
            return Unterminated;
        char kind = _text[_position];
        if (kind == _quote || "abfnrtv\\".Contains(kind))
        {
            _position++;
            return null;
        }

        (int digits, int radix, uint max) = kind switch
        {
            >= '0' and <= '7' => (3, 8, 255u),
            'x' => (2, 16, 255u),
            'u' => (4, 16, 0x10FFFFu),
            'U' => (8, 16, 0x10FFFFu),
            _ => (0, 0, 0u),
        };
        if (digits == 0)
            return $"unknown escape sequence {QuotedText.Name(_text, _position)}";
        if (radix == 16)
            _position++;

        uint value = 0;
        for (; digits > 0; digits--, _position++)
        {
            if (_position == _text.Length)
                return Unterminated;
            int digit = DigitValue(_text[_position]);
            if (digit >= radix)
                return $"illegal character {QuotedText.Name(_text, _position)} in escape sequence";
            value = value * (uint)radix + (uint)digit;
        }

        return value > max || value is >= 0xD800 and < 0xE000 ? "escape sequence is an invalid Unicode code point" : null;
    }

    private static int DigitValue(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => int.MaxValue,
    };
}
