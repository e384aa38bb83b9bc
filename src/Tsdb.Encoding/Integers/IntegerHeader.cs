using Tsdb.Encoding.Bits;

namespace Tsdb.Encoding.Integers;

/// <summary>How the integers of a column come from its residuals.</summary>
/// <remarks>
/// <code>
///  flags u8 | base zig-zag | [divisor varint] | centre zig-zag
///  flags: bits 0-3 of the caller's | bits 4-5 transform | bit 6 has a divisor | bit 7 the caller's
///  integer = base + divisor * k;  k of the first is 0, the others follow from their residuals (see Residuals)
/// </code>
/// Authoritative: docs/formats.md#sealed-columns.
/// </remarks>
internal readonly record struct IntegerHeader(long Base, long Divisor, Transform Transform, long Centre)
{
    /// <summary>The most bytes a header takes.</summary>
    public const int MaxLengthBytes = 1 + (3 * Varint.MaxLength);

    /// <summary>The bits of the flags that are the caller's.</summary>
    public const byte CallerFlags = 0x8F;

    private const int TransformShift = 4;
    private const byte HasDivisor = 0x40;

    /// <summary>Writes the header and returns its bytes.</summary>
    public int Write(Span<byte> destination, byte callerFlags)
    {
        bool hasDivisor = Divisor != 1;
        destination[0] = (byte)(callerFlags | ((int)Transform << TransformShift) | (hasDivisor ? HasDivisor : 0));
        int length = 1 + Varint.WriteZigZag(destination[1..], Base);
        length += hasDivisor ? Varint.Write(destination[length..], (ulong)Divisor) : 0;
        return length + Varint.WriteZigZag(destination[length..], Centre);
    }

    /// <summary>Reads a header at a position and moves it past; false when the bytes end within it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, out IntegerHeader header, out byte callerFlags)
    {
        header = default;
        callerFlags = 0;
        if ((uint)position >= (uint)source.Length)
        {
            return false;
        }

        byte flags = source[position++];
        callerFlags = (byte)(flags & CallerFlags);
        ulong divisor = 1;
        if (!Varint.TryReadZigZag(source, ref position, out long first)
            || ((flags & HasDivisor) != 0 && !Varint.TryRead(source, ref position, out divisor))
            || !Varint.TryReadZigZag(source, ref position, out long centre))
        {
            return false;
        }

        header = new IntegerHeader(first, (long)divisor, (Transform)((flags >> TransformShift) & 3), centre);
        return true;
    }
}
