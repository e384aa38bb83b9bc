namespace Tsdb.Query.Syntax.Lexing;

/// <summary>Finds the end of a number or a duration. What it accepts may still have no value (<c>5m1h</c>, <c>0x</c>); that is told when the value is needed.</summary>
internal ref struct NumberScanner(string text, int start)
{
    private readonly string _text = text;
    private int _position = start;

    /// <summary>Index behind what was read, also when it was neither.</summary>
    public readonly int Position => _position;

    /// <summary>Reads a number or a duration; <see cref="TokenKind.Error"/> when the text is neither.</summary>
    public TokenKind Scan()
    {
        if (ScanNumber())
            return TokenKind.Number;
        return ScanUnits() ? TokenKind.Duration : TokenKind.Error;
    }

    private bool ScanNumber()
    {
        bool isHex = Accept('0') && Accept('x', 'X');
        bool hasDot = false;
        bool hasExponent = false;
        if (isHex)
            Accept('_');
        while (true)
        {
            char next = Peek();
            if (IsDigit(next, isHex))
            {
                _position++;
            }
            else if (next == '.')
            {
                _position++;
                if (hasDot || isHex || AcceptAny("_."))
                    return false;
                hasDot = true;
            }
            else if (next is 'e' or 'E')
            {
                _position++;
                if (hasExponent)
                    return false;
                hasExponent = true;
                _ = Accept('+', '-');
                if (AcceptAny("._eE") || AtEnd)
                    return false;
            }
            else if (next == '_')
            {
                _position++;
                if (AcceptAny("._eE") || AtEnd)
                    return false;
            }
            else
            {
                return !IsAlphaNumeric(next);
            }
        }
    }

    // Continues behind the digits of a first count: a unit, then counts with units, then no letter or digit.
    private bool ScanUnits()
    {
        if (!AcceptAny("smhdwy"))
            return false;
        Accept('s');
        while (char.IsAsciiDigit(Peek()))
        {
            while (char.IsAsciiDigit(Peek()))
                _position++;
            if (!AcceptAny("smhdw"))
                return false;
            Accept('s');
        }

        if (!IsAlphaNumeric(Peek()))
            return true;
        _position++;
        return false;
    }

    private readonly bool AtEnd => _position == _text.Length;

    private readonly char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private bool Accept(char one) => AcceptAny([one]);

    private bool Accept(char one, char other) => AcceptAny([one, other]);

    private bool AcceptAny(scoped ReadOnlySpan<char> characters)
    {
        if (AtEnd || !characters.Contains(_text[_position]))
            return false;
        _position++;
        return true;
    }

    private static bool IsDigit(char c, bool isHex) => isHex ? char.IsAsciiHexDigit(c) : char.IsAsciiDigit(c);

    private static bool IsAlphaNumeric(char c) => c == '_' || char.IsAsciiLetterOrDigit(c);
}
