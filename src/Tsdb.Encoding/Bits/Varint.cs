using System.Numerics;

namespace Tsdb.Encoding.Bits;

/// <summary>Integers in 1 to 10 bytes: 7 bits per byte, least significant first, the high bit set on every byte but the last (LEB128).</summary>
/// <remarks>
/// Reading accepts padded forms (<c>80 00</c> is 0) and refuses what exceeds the type asked for. A read that fails leaves the position where it
/// was and yields 0. Thread-safe.
/// </remarks>
public static class Varint
{
    /// <summary>The most bytes one 64-bit integer takes.</summary>
    public const int MaxLength = 10;

    /// <summary>The most bytes one 32-bit integer takes.</summary>
    public const int MaxLength32 = 5;

    private const byte More = 0x80;

    /// <summary>How many bytes <see cref="Write"/> needs for <paramref name="value"/>.</summary>
    public static int LengthOf(ulong value) => ((63 - BitOperations.LeadingZeroCount(value | 1)) / 7) + 1;

    /// <summary>Writes <paramref name="value"/> at the start of <paramref name="destination"/> and returns how many bytes it took.</summary>
    /// <exception cref="IndexOutOfRangeException">The destination is too short; <see cref="MaxLength"/> bytes always suffice.</exception>
    public static int Write(Span<byte> destination, ulong value)
    {
        int length = 0;
        while (value >= More)
        {
            destination[length++] = (byte)(value | More);
            value >>= 7;
        }

        destination[length++] = (byte)value;
        return length;
    }

    /// <summary>Writes a signed integer in its <see cref="ZigZag"/> form; as <see cref="Write"/> otherwise.</summary>
    public static int WriteZigZag(Span<byte> destination, long value) => Write(destination, ZigZag.Encode(value));

    /// <summary>
    /// Reads the integer at <paramref name="position"/> and moves the position past it. False when the bytes end within it, or when it exceeds
    /// 64 bits.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, out ulong value)
    {
        int next = position;
        if ((uint)next < (uint)source.Length && source[next] < More)
        {
            value = source[next];
            position = next + 1;
            return true;
        }

        return TryReadLong(source, ref position, out value);
    }

    /// <summary>Reads a signed integer written by <see cref="WriteZigZag"/>; as <see cref="TryRead"/> otherwise.</summary>
    public static bool TryReadZigZag(ReadOnlySpan<byte> source, ref int position, out long value)
    {
        bool isRead = TryRead(source, ref position, out ulong folded);
        value = ZigZag.Decode(folded);
        return isRead;
    }

    /// <summary>Reads an integer that must fit 32 bits; as <see cref="TryRead"/> otherwise.</summary>
    public static bool TryReadUInt32(ReadOnlySpan<byte> source, ref int position, out uint value)
    {
        int start = position;
        if (TryRead(source, ref position, out ulong wide) && wide <= uint.MaxValue)
        {
            value = (uint)wide;
            return true;
        }

        position = start;
        value = 0;
        return false;
    }

    /// <summary>
    /// Reads a count or a length: an integer from 0 to <paramref name="max"/>, which the caller derives from what can be there, so that a damaged
    /// length is refused before anything is allocated for it.
    /// </summary>
    public static bool TryReadCount(ReadOnlySpan<byte> source, ref int position, int max, out int value)
    {
        int start = position;
        if (TryRead(source, ref position, out ulong wide) && max >= 0 && wide <= (ulong)max)
        {
            value = (int)wide;
            return true;
        }

        position = start;
        value = 0;
        return false;
    }

    private static bool TryReadLong(ReadOnlySpan<byte> source, ref int position, out ulong value)
    {
        value = 0;
        int next = position;
        for (int shift = 0; shift < 64 && (uint)next < (uint)source.Length; shift += 7)
        {
            byte b = source[next++];
            if (shift == 63 && b > 1)
            {
                break; // the tenth byte has room for one bit
            }

            value |= (ulong)(b & 0x7F) << shift;
            if (b < More)
            {
                position = next;
                return true;
            }
        }

        value = 0;
        return false;
    }
}
