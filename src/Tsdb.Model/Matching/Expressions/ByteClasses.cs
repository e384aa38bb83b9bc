namespace Tsdb.Model.Matching.Expressions;

/// <summary>Groups bytes that a program cannot tell apart, so that tables of next states are small. Immutable.</summary>
internal sealed class ByteClasses
{
    private readonly byte[] _classOf = new byte[256];

    /// <summary>Finds the classes of a program.</summary>
    public ByteClasses(RegexProgram program)
    {
        var starts = new bool[257];
        foreach (RegexInstruction instruction in program.Instructions)
        {
            if (instruction.Kind == RegexInstruction.Kinds.Byte)
            {
                starts[instruction.Low] = true;
                starts[instruction.High + 1] = true;
            }
        }

        int current = 0;
        for (int value = 1; value < 256; value++)
        {
            // Assertions see newlines and characters of words.
            bool differs = program.HasAssertions
                && (IsWord((byte)value) != IsWord((byte)(value - 1)) || value == '\n' || value - 1 == '\n');
            current += starts[value] || differs ? 1 : 0;
            _classOf[value] = (byte)current;
        }

        Count = current + 1;
    }

    /// <summary>How many classes there are.</summary>
    public int Count { get; }

    /// <summary>The class of a byte.</summary>
    public int Of(byte value) => _classOf[value];

    /// <summary>Says whether a byte is a character of a word as <c>\b</c> sees it: an ASCII letter, digit or underscore.</summary>
    public static bool IsWord(byte value) => char.IsAsciiLetterOrDigit((char)value) || value == '_';
}
