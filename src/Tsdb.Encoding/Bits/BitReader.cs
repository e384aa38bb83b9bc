using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tsdb.Encoding.Bits;

/// <summary>Reads bits, most significant first, at any bit position of a span. Past the end every bit is 0: the caller checks the position once, at the end.</summary>
/// <remarks>
/// There is no buffer between two reads, on purpose: the position then depends on branches the processor predicts and not on the loads, so
/// the loads of several samples overlap.
/// </remarks>
internal static class BitReader
{
    /// <summary>How many bits at the top of what <see cref="Peek"/> returns are those of the span.</summary>
    public const int PeekBits = 57;

    /// <summary>The bits from <paramref name="position"/> on, left-aligned; the lowest seven may be 0 instead of what follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Peek(ReadOnlySpan<byte> bytes, long position)
    {
        nuint offset = (nuint)(ulong)position >> 3;
        ulong word;
        if ((long)offset <= (long)bytes.Length - sizeof(ulong))
        {
            // Within the span: the check above covers all eight bytes.
            word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), offset));
            word = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(word) : word;
        }
        else
        {
            word = LastBytes(bytes, (long)offset);
        }

        return word << (int)(position & 7);
    }

    /// <summary>The <paramref name="length"/> bits at <paramref name="position"/>, right-aligned; the length is 1 to 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read(ReadOnlySpan<byte> bytes, long position, int length)
    {
        ulong word = Peek(bytes, position);
        if (length > PeekBits)
        {
            word |= Peek(bytes, position + PeekBits) >> PeekBits;
        }

        return word >> (64 - length);
    }

    private static ulong LastBytes(ReadOnlySpan<byte> bytes, long offset)
    {
        ulong word = 0;
        for (int shift = 56; shift >= 0 && offset < bytes.Length; shift -= 8)
        {
            word |= (ulong)bytes[(int)offset++] << shift;
        }

        return word;
    }
}
