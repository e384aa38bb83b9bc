namespace Tsdb.Model.Matching.Expressions;

/// <summary>
/// Parses RE2 syntax (github.com/google/re2/wiki/Syntax) as Go's <c>regexp</c> takes it. What RE2 lacks is refused, with its place. Used
/// once.
/// </summary>
internal sealed class RegexParser
{
    /// <summary>The most times <c>{n,m}</c> may repeat, nested ones multiplied: RE2's limit.</summary>
    private const int MaxRepeat = 1000;

    /// <summary>How deep groups may nest: parsing and compiling recurse, and no sensible expression comes near.</summary>
    private const int MaxDepth = 250;

    private readonly RegexReader _reader;
    private RegexFlags _flags = RegexFlags.DotMatchesNewline;
    private int _depth;

    private RegexParser(string text) => _reader = new RegexReader(text);

    /// <summary>Parses a whole expression.</summary>
    /// <exception cref="ArgumentException">It is wrong; the message says what and where.</exception>
    public static RegexNode Parse(string text)
    {
        var parser = new RegexParser(text);
        RegexNode node = parser.ReadAlternation();
        if (parser._reader.Peek() == ')')
        {
            parser._reader.Fail(parser._reader.Position, "a ) closes no group");
        }

        return node;
    }

    private RegexNode ReadAlternation()
    {
        var alternatives = new List<RegexNode> { ReadConcatenation() };
        while (_reader.TryRead("|"))
        {
            alternatives.Add(ReadConcatenation());
        }

        return alternatives.Count == 1 ? alternatives[0] : new RegexAlternation(alternatives);
    }

    private RegexNode ReadConcatenation()
    {
        var parts = new List<RegexNode>();
        bool canRepeat = false; // something stands before that a repetition can apply to
        bool isRepeated = false;
        while (_reader.Peek() is not (RegexReader.End or '|' or ')'))
        {
            int start = _reader.Position;
            if (TryReadRepetition(out int min, out int? max))
            {
                if (!canRepeat || isRepeated)
                {
                    _reader.Fail(start, canRepeat ? "a repetition cannot be repeated without a group" : "there is nothing to repeat");
                }

                parts[^1] = Repeat(parts[^1], min, max, start);
                isRepeated = true;
            }
            else
            {
                int before = parts.Count;
                ReadAtom(parts);
                canRepeat = parts.Count > before || canRepeat;
                isRepeated = false;
            }
        }

        return parts.Count == 1 ? parts[0] : new RegexConcatenation(parts);
    }

    private void ReadAtom(List<RegexNode> parts)
    {
        int start = _reader.Position;
        int c = _reader.Read();
        switch (c)
        {
            case '(':
                ReadGroup(parts, start);
                break;
            case '[':
                parts.Add(new RegexCharacter(RegexClassParser.Read(_reader, _flags)));
                break;
            case '.':
                parts.Add(new RegexCharacter(_flags.HasFlag(RegexFlags.DotMatchesNewline) ? RuneSet.All : RuneSet.AllButNewline));
                break;
            case '^':
                parts.Add(new RegexAssertion(_flags.HasFlag(RegexFlags.MultiLine) ? RegexCondition.BeginLine : RegexCondition.BeginText));
                break;
            case '$':
                parts.Add(new RegexAssertion(_flags.HasFlag(RegexFlags.MultiLine) ? RegexCondition.EndLine : RegexCondition.EndText));
                break;
            case '\\':
                ReadEscape(parts, start);
                break;
            default:
                parts.Add(Literal(c));
                break;
        }
    }

    private void ReadEscape(List<RegexNode> parts, int start)
    {
        RegexCondition condition = _reader.Peek() switch
        {
            'A' => RegexCondition.BeginText,
            'z' => RegexCondition.EndText,
            'b' => RegexCondition.WordBoundary,
            'B' => RegexCondition.NoWordBoundary,
            _ => RegexCondition.None,
        };
        if (condition != RegexCondition.None)
        {
            _reader.Read();
            parts.Add(new RegexAssertion(condition));
        }
        else if (_reader.Peek() == 'C')
        {
            _reader.Fail(start, "\\C is not supported, as values are matched by characters, not by bytes");
        }
        else if (_reader.TryRead("Q"))
        {
            ReadQuoted(parts);
        }
        else
        {
            parts.Add(RegexEscapes.TryReadClass(_reader, _flags) is { } set ? new RegexCharacter(set) : Literal(RegexEscapes.ReadCharacter(_reader)));
        }
    }

    private void ReadQuoted(List<RegexNode> parts)
    {
        while (_reader.Peek() != RegexReader.End && !_reader.TryRead("\\E"))
        {
            parts.Add(Literal(_reader.Read()));
        }
    }

    private void ReadGroup(List<RegexNode> parts, int start)
    {
        RegexFlags outerFlags = _flags;
        if (_reader.TryRead("?") && !TryReadGroupName(start) && !ReadFlags(start))
        {
            return; // (?flags) holds to the end of the group around it
        }

        if (++_depth > MaxDepth)
        {
            _reader.Fail(start, $"groups nest deeper than {MaxDepth}");
        }

        RegexNode inner = ReadAlternation();
        if (!_reader.TryRead(")"))
        {
            _reader.Fail(start, "the group is not closed by )");
        }

        _depth--;
        _flags = outerFlags;
        parts.Add(inner);
    }

    private bool TryReadGroupName(int start)
    {
        if (_reader.Rest is ['=', ..] or ['!', ..] or ['<', '=' or '!', ..])
        {
            _reader.Fail(start, "look-around is not supported, as it cannot be matched in linear time");
        }

        if (!_reader.TryRead("P<") && !_reader.TryRead("<"))
        {
            return false;
        }

        string? name = _reader.ReadUntil(">");
        if (string.IsNullOrEmpty(name) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            _reader.Fail(start, "a group's name consists of letters, digits and _, and ends with >");
        }

        return true;
    }

    // Returns true when the flags are those of a group, (?flags:, and false for (?flags).
    private bool ReadFlags(int start)
    {
        bool set = true;
        bool hasFlag = false;
        while (true)
        {
            int c = _reader.Read();
            switch (c)
            {
                case 'i':
                    ChangeFlag(RegexFlags.FoldCase, set);
                    break;
                case 'm':
                    ChangeFlag(RegexFlags.MultiLine, set);
                    break;
                case 's':
                    ChangeFlag(RegexFlags.DotMatchesNewline, set);
                    break;
                case 'U':
                    break;
                case '-' when set:
                    set = false;
                    hasFlag = false;
                    continue;
                case ':' or ')' when set || hasFlag:
                    return c == ':';
                default:
                    _reader.Fail(start, "after (? comes :, P<name>, or the flags i, m, s, U, with - before those to clear");
                    break;
            }

            hasFlag = true;
        }
    }

    private void ChangeFlag(RegexFlags flag, bool set) => _flags = set ? _flags | flag : _flags & ~flag;

    private RegexCharacter Literal(int rune)
    {
        RuneSet set = RuneSet.Of(new RuneRange(rune, rune));
        return new RegexCharacter(_flags.HasFlag(RegexFlags.FoldCase) ? set.FoldCase() : set);
    }

    private bool TryReadRepetition(out int min, out int? max)
    {
        (min, max) = (0, null);
        switch (_reader.Peek())
        {
            case '*':
                break;
            case '+':
                min = 1;
                break;
            case '?':
                max = 1;
                break;
            case '{':
                if (!TryReadCounts(ref min, ref max))
                {
                    return false; // an ordinary brace
                }

                _reader.TryRead("?");
                return true;
            default:
                return false;
        }

        _reader.Read();
        _reader.TryRead("?"); // lazy or greedy, the same values match
        return true;
    }

    private bool TryReadCounts(ref int min, ref int? max)
    {
        int start = _reader.Position;
        _reader.Read();
        bool isCount = TryReadNumber(out min);
        max = min;
        if (isCount && _reader.TryRead(","))
        {
            max = TryReadNumber(out int end) ? end : null;
        }

        if (!isCount || !_reader.TryRead("}"))
        {
            _reader.Position = start;
            (min, max) = (0, null);
            return false;
        }

        if (min > MaxRepeat || max > MaxRepeat || max < min)
        {
            _reader.Fail(start, $"the counts of a repetition ascend and are at most {MaxRepeat}");
        }

        return true;
    }

    private bool TryReadNumber(out int number)
    {
        number = 0;
        int start = _reader.Position;
        while (_reader.Peek() is >= '0' and <= '9')
        {
            number = Math.Min((number * 10) + _reader.Read() - '0', MaxRepeat + 1);
        }

        return _reader.Position > start;
    }

    private RegexRepetition Repeat(RegexNode part, int min, int? max, int start)
    {
        var repetition = new RegexRepetition(part, min, max);
        if (CountsOf(repetition) > MaxRepeat)
        {
            _reader.Fail(start, $"nested repetitions multiply to more than {MaxRepeat}");
        }

        return repetition;
    }

    // The product of the counts along the deepest path; * and + count once.
    private static long CountsOf(RegexNode node) => node switch
    {
        RegexRepetition repetition => Math.Max(1, repetition.Max ?? repetition.Min) * CountsOf(repetition.Part),
        RegexConcatenation concatenation => concatenation.Parts.Select(CountsOf).DefaultIfEmpty(1).Max(),
        RegexAlternation alternation => alternation.Alternatives.Max(CountsOf),
        _ => 1,
    };
}
