namespace Tsdb.Model.Matching.Expressions;

/// <summary>Reads a class in brackets: <c>[a-z\d[:alpha:]]</c>, <c>[^…]</c>.</summary>
internal static class RegexClassParser
{
    /// <summary>Reads a class whose opening bracket was read.</summary>
    public static RuneSet Read(RegexReader reader, RegexFlags flags)
    {
        int start = reader.Position - 1;
        bool negated = reader.TryRead("^");
        RuneSet set = RuneSet.Of();
        bool isFirst = true;
        while (isFirst || reader.Peek() != ']')
        {
            if (reader.Peek() == RegexReader.End)
            {
                reader.Fail(start, "the class is not closed by ]");
            }

            set = set.Union(ReadItem(reader, flags));
            isFirst = false;
        }

        reader.Read();
        return negated ? set.Negate() : set;
    }

    private static RuneSet ReadItem(RegexReader reader, RegexFlags flags)
    {
        int start = reader.Position;
        if (reader.Rest.StartsWith("[:", StringComparison.Ordinal) && TryReadPosixClass(reader) is { } posix)
        {
            return Fold(posix, flags);
        }

        if (reader.TryRead("\\") && RegexEscapes.TryReadClass(reader, flags) is { } escaped)
        {
            return escaped;
        }

        reader.Position = start;
        int low = ReadCharacter(reader);
        int high = low;
        if (reader.Rest is ['-', not ']', ..])
        {
            reader.Read();
            high = ReadCharacter(reader);
            if (high < low)
            {
                reader.Fail(start, "the range ends before it begins");
            }
        }

        return Fold(RuneSet.Of(new RuneRange(low, high)), flags);
    }

    private static int ReadCharacter(RegexReader reader) => reader.TryRead("\\") ? RegexEscapes.ReadCharacter(reader) : reader.Read();

    // Null, with nothing read, when no :] follows: then the bracket is an ordinary character.
    private static RuneSet? TryReadPosixClass(RegexReader reader)
    {
        int start = reader.Position;
        reader.Position += 2;
        string? name = reader.ReadUntil(":]");
        if (name is null)
        {
            reader.Position = start;
            return null;
        }

        bool negated = name.StartsWith('^');
        RuneSet? set = RuneClasses.OfPosixName(negated ? name[1..] : name);
        if (set is null)
        {
            reader.Fail(start, $"there is no class [:{name}:]");
        }

        return negated ? set.Negate() : set;
    }

    private static RuneSet Fold(RuneSet set, RegexFlags flags) => flags.HasFlag(RegexFlags.FoldCase) ? set.FoldCase() : set;
}
