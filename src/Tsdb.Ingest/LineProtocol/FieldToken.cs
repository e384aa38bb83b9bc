using System.Runtime.CompilerServices;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>One field of a line: where its key stands, and its value. Positions are offsets into the text being read.</summary>
internal struct FieldToken
{
    /// <summary>Integers beyond ± this may not be exact as doubles.</summary>
    private const ulong MaxExactInteger = 1UL << 53;

    /// <summary>
    /// The value: the bits of a double, a signed or an unsigned integer, 0 or 1, or for a string the offset of its first byte in the upper and
    /// its length in the lower 32 bits, escapes and all.
    /// </summary>
    public ulong Bits;

    /// <summary>Offset of the key as written, escapes and all.</summary>
    public int KeyStart;

    /// <summary>Bytes of the key as written.</summary>
    public int KeyLength;

    /// <summary>What <see cref="Bits"/> holds.</summary>
    public FieldKind Kind;

    /// <summary>Which of the line's samples the field is; means nothing for a string.</summary>
    public int SampleIndex;

    /// <summary>True when the sample's series is known.</summary>
    public bool IsResolved;

    /// <summary>Why the field is refused; means something only right after reading it failed.</summary>
    public LineFault Fault;

    /// <summary>The value as a sample; <paramref name="isExact"/> is false for an integer that a double cannot be trusted to hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double ToSampleValue(out bool isExact)
    {
        isExact = true;
        if (Kind == FieldKind.Float)
        {
            return BitConverter.UInt64BitsToDouble(Bits);
        }

        if (Kind == FieldKind.Integer)
        {
            isExact = Bits + MaxExactInteger <= 2 * MaxExactInteger;
            return (long)Bits;
        }

        isExact = Bits <= MaxExactInteger;
        return Bits;
    }
}
