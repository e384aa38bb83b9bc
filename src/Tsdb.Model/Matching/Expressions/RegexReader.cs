using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Tsdb.Model.Matching.Expressions;

/// <summary>Reads the text of a regular expression code point by code point, and says where in it something is wrong. Not thread-safe.</summary>
internal sealed class RegexReader(string text)
{
    /// <summary>What <see cref="Peek"/> gives at the end of the text.</summary>
    public const int End = -1;

    /// <summary>Where the next code point begins, in UTF-16 units.</summary>
    public int Position { get; set; }

    /// <summary>The text not read yet.</summary>
    public ReadOnlySpan<char> Rest => text.AsSpan(Position);

    /// <summary>The next code point, or <see cref="End"/>.</summary>
    public int Peek() => Position >= text.Length ? End : RuneAt(Position).Value;

    /// <summary>Reads the next code point, or <see cref="End"/>.</summary>
    public int Read()
    {
        if (Position >= text.Length)
        {
            return End;
        }

        Rune rune = RuneAt(Position);
        Position += rune.Utf16SequenceLength;
        return rune.Value;
    }

    /// <summary>Reads a text if it comes next.</summary>
    public bool TryRead(string expected)
    {
        bool comes = Rest.StartsWith(expected, StringComparison.Ordinal);
        Position += comes ? expected.Length : 0;
        return comes;
    }

    /// <summary>Reads up to, and past, an ending; null when it does not come.</summary>
    public string? ReadUntil(string ending)
    {
        int length = Rest.IndexOf(ending, StringComparison.Ordinal);
        if (length < 0)
        {
            return null;
        }

        string read = Rest[..length].ToString();
        Position += length + ending.Length;
        return read;
    }

    /// <summary>Reports what is wrong, at a place of the text.</summary>
    [DoesNotReturn]
    public void Fail(int position, string what) =>
        throw new ArgumentException($"The regular expression \"{text}\" is wrong at character {position + 1}: {what}.");

    private Rune RuneAt(int position)
    {
        if (Rune.DecodeFromUtf16(text.AsSpan(position), out Rune rune, out _) != System.Buffers.OperationStatus.Done)
        {
            Fail(position, "half of a surrogate pair is no character");
        }

        return rune;
    }
}
