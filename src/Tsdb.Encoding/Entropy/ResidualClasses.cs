using System.Numerics;
using System.Runtime.CompilerServices;
using Tsdb.Encoding.Bits;

namespace Tsdb.Encoding.Entropy;

/// <summary>Sorts signed integers into classes by size: the class is entropy-coded, the rest of the number follows as raw bits.</summary>
/// <remarks>
/// <code>
///  class      integer r, u = zig-zag of r                 raw bits
///  0 .. 15    r = class - 8                               none
///  16 .. 31   u in [16, 4096), b = its highest bit:       the lowest b - 1 bits of u
///             class = 8 + 2 b + (bit b - 1 of u)
///  32 .. 83   u from 4096, class = 20 + b                 the lowest b bits of u
/// </code>
/// Two classes an octave while a class is worth having, one where the raw bits outweigh it. Biased, not zig-zag, in the small classes: eight of
/// them add up in one multiplication. Part of the format: never changes (authoritative: docs/formats.md#classes).
/// </remarks>
internal static class ResidualClasses
{
    /// <summary>How many classes there are.</summary>
    public const int Count = 84;

    /// <summary>The first class with raw bits; the classes below are the integer plus <see cref="SmallBias"/>.</summary>
    public const int FirstLarge = 16;

    /// <summary>What is added to a small integer to give its class.</summary>
    public const int SmallBias = 8;

    private const int FirstWholeOctave = 12;

    private static readonly byte[] RawBitTable = MakeRawBits();
    private static readonly ulong[] BaseTable = MakeBases();

    /// <summary>Raw bits of each class, 0 to 63; 0 for the bytes that are no class, of which there are entries too: no byte is out of range.</summary>
    public static ReadOnlySpan<byte> RawBits => RawBitTable;

    /// <summary>The zig-zag form of the first integer of each class: the others add their raw bits. As many entries.</summary>
    public static ReadOnlySpan<ulong> Bases => BaseTable;

    /// <summary>The class of an integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(long residual)
    {
        if ((ulong)(residual + SmallBias) < FirstLarge)
        {
            return (int)residual + SmallBias;
        }

        ulong folded = ZigZag.Encode(residual);
        int octave = BitOperations.Log2(folded);
        return octave < FirstWholeOctave ? 8 + (2 * octave) + (int)((folded >> (octave - 1)) & 1) : 20 + octave;
    }

    private static byte[] MakeRawBits()
    {
        byte[] table = new byte[byte.MaxValue + 1];
        for (int c = FirstLarge; c < Count; c++)
        {
            table[c] = (byte)(c < 32 ? ((c - 8) / 2) - 1 : c - 20);
        }

        return table;
    }

    private static ulong[] MakeBases()
    {
        ulong[] table = new ulong[byte.MaxValue + 1];
        for (int c = 0; c < Count; c++)
        {
            table[c] = c switch
            {
                < FirstLarge => ZigZag.Encode(c - SmallBias),
                < 32 => (2ul + ((ulong)c & 1)) << (((c - 8) / 2) - 1),
                _ => 1ul << (c - 20),
            };
        }

        return table;
    }
}
