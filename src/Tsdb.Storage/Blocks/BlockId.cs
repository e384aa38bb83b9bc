using System.Buffers.Binary;

namespace Tsdb.Storage.Blocks;

/// <summary>
/// Names a block: a ULID (github.com/ulid/spec), 48 bits of milliseconds since 1970 followed by 80 random bits. Sorts by creation time.
/// </summary>
/// <remarks>As text, the name of the block's folder, 26 digits of Crockford's base 32. Part of the file formats.</remarks>
/// <param name="Value">The 128 bits.</param>
internal readonly record struct BlockId(UInt128 Value) : IComparable<BlockId>
{
    /// <summary>Bytes an id takes in a file, most significant first.</summary>
    public const int LengthBytes = 16;

    private const int TextLength = 26;
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Makes a new id from a clock and a source of chance. The source need not be thread-safe: the caller guards it.</summary>
    public static BlockId New(TimeProvider time, Random random)
    {
        Span<byte> bytes = stackalloc byte[LengthBytes];
        random.NextBytes(bytes);
        ulong milliseconds = (ulong)time.GetUtcNow().ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (milliseconds << 16) | BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]));
        return Read(bytes);
    }

    /// <summary>Reads the id at the start of <paramref name="source"/>.</summary>
    public static BlockId Read(ReadOnlySpan<byte> source) => new(BinaryPrimitives.ReadUInt128BigEndian(source));

    /// <summary>Reads an id from its text; false when it is not 26 upper-case digits that fit 128 bits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out BlockId id)
    {
        id = default;
        if (text.Length != TextLength || text[0] > '7')
        {
            return false;
        }

        UInt128 value = 0;
        foreach (char c in text)
        {
            int digit = Digits.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            value = (value << 5) | (uint)digit;
        }

        id = new BlockId(value);
        return true;
    }

    /// <summary>Writes the id at the start of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    /// <inheritdoc/>
    public int CompareTo(BlockId other) => Value.CompareTo(other.Value);

    /// <summary>The id's text.</summary>
    public override string ToString() => string.Create(TextLength, Value, static (text, value) =>
    {
        for (int i = TextLength - 1; i >= 0; i--)
        {
            text[i] = Digits[(int)(value & 31)];
            value >>= 5;
        }
    });

    /// <summary>Says whether one id sorts before another.</summary>
    public static bool operator <(BlockId left, BlockId right) => left.Value < right.Value;

    /// <summary>Says whether one id sorts after another.</summary>
    public static bool operator >(BlockId left, BlockId right) => left.Value > right.Value;

    /// <summary>Says whether one id sorts before another or is the same.</summary>
    public static bool operator <=(BlockId left, BlockId right) => left.Value <= right.Value;

    /// <summary>Says whether one id sorts after another or is the same.</summary>
    public static bool operator >=(BlockId left, BlockId right) => left.Value >= right.Value;
}
