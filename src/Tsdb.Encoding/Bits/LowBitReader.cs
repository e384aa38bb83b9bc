using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tsdb.Encoding.Bits;

/// <summary>Reads bits, least significant of each byte first, at any bit position of a span. Past the end every bit is 0: the caller checks the position once, at the end.</summary>
internal static class LowBitReader
{
    /// <summary>How many bits of what <see cref="Peek"/> returns are sure to be those of the span.</summary>
    public const int PeekBits = 57;

    /// <summary>The bits from <paramref name="position"/> (not negative) on, right-aligned; the highest seven may be 0 instead of what follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Peek(ReadOnlySpan<byte> bytes, long position)
    {
        long offset = position >> 3;
        ulong word;
        if (offset <= (long)bytes.Length - sizeof(ulong))
        {
            // Within the span: the check above covers all eight bytes.
            word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), (nint)offset));
            word = BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
        }
        else
        {
            word = LastBytes(bytes, offset);
        }

        return word >> (int)(position & 7);
    }

    /// <summary>The <paramref name="length"/> bits at <paramref name="position"/>, 0 to 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read(ReadOnlySpan<byte> bytes, long position, int length)
    {
        ulong word = Peek(bytes, position);
        if (length > PeekBits)
        {
            word &= (1ul << PeekBits) - 1;
            word |= Peek(bytes, position + PeekBits) << PeekBits;
        }

        return length == 64 ? word : word & ((1ul << length) - 1);
    }

    private static ulong LastBytes(ReadOnlySpan<byte> bytes, long offset)
    {
        ulong word = 0;
        for (int shift = 0; shift < 64 && offset < bytes.Length; shift += 8)
        {
            word |= (ulong)bytes[(int)offset++] << shift;
        }

        return word;
    }
}
