using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>Reads decimal digits, with exact range checks.</summary>
internal static class IntegerText
{
    /// <summary>Reads a run that must be digits only.</summary>
    /// <returns><see cref="LineFault.BadInteger"/> for other bytes or none, <see cref="LineFault.NumberOutOfRange"/> beyond 64 bits.</returns>
    public static LineFault Parse(ReadOnlySpan<byte> digits, out ulong value)
    {
        value = 0;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return LineFault.BadInteger;
        }

        foreach (byte digit in digits.TrimStart((byte)'0'))
        {
            ulong next = unchecked((value * 10) + (ulong)(digit - '0'));
            if (value > ulong.MaxValue / 10 || next < value * 10)
            {
                return LineFault.NumberOutOfRange;
            }

            value = next;
        }

        return LineFault.None;
    }

    /// <summary>Takes the digits at a place, after those in <paramref name="digits"/>.</summary>
    /// <returns>The value so far. Wraps around on long runs: use it only where the count of digits shows that it did not.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong TakeDigits(ReadOnlySpan<byte> text, ref int at, ulong digits)
    {
        int i = at;
        while ((uint)i < (uint)text.Length)
        {
            uint digit = text[i] - (uint)'0';
            if (digit > 9)
            {
                break;
            }

            digits = unchecked((digits * 10) + digit);
            i++;
        }

        at = i;
        return digits;
    }

    /// <summary>Reads eight digits at once.</summary>
    /// <param name="text">At least eight bytes.</param>
    /// <param name="value">Their value, 0 to 99,999,999.</param>
    /// <returns>False when one of the eight bytes is no digit.</returns>
    /// <remarks>
    /// Each byte is a digit when its upper half is 3 and stays 3 after adding 6. Then neighbours are joined pairwise, and the pairs are
    /// weighted and summed by two multiplications (Lemire, "Number parsing at a gigabyte per second", 2021).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParseEight(ReadOnlySpan<byte> text, out uint value)
    {
        ulong word = BinaryPrimitives.ReadUInt64LittleEndian(text);
        const ulong UpperHalves = 0xF0F0F0F0F0F0F0F0;
        const ulong Zeros = 0x3030303030303030;
        if ((word & UpperHalves) != Zeros || (unchecked(word + 0x0606060606060606) & UpperHalves) != Zeros)
        {
            value = 0;
            return false;
        }

        word -= Zeros;
        word = unchecked((word * 10) + (word >> 8));
        const ulong Pairs = 0x000000FF000000FF;
        value = (uint)(unchecked(((word & Pairs) * 0x000F424000000064) + (((word >> 16) & Pairs) * 0x0000271000000001)) >> 32);
        return true;
    }
}
