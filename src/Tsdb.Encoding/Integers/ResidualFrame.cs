using System.Numerics;
using Tsdb.Encoding.Bits;

namespace Tsdb.Encoding.Integers;

/// <summary>Up to 128 residuals, zig-zag, in as many bits each, with the few that need more patched.</summary>
/// <remarks>
/// <code>
///  width u8: bits 0-6 0 to 56, or 64; bit 7 has patches | [patch count u8 | per patch: index u8, varint what is above the width]
///  | the residuals' low bits, least significant first, filled to a byte
/// </code>
/// Authoritative: docs/formats.md#frames. Safe on any bytes; thread-safe.
/// </remarks>
internal static class ResidualFrame
{
    /// <summary>The most residuals of a frame. Part of the format.</summary>
    public const int Length = 128;

    // One load of a word gives this many bits at any bit position.
    private const int MaxPartialWidth = 56;
    private const int FullWidth = 64;
    private const byte HasPatches = 0x80;

    // Bits a patch takes beside those above the width: its index, and what a varint leaves unused on average.
    private const int PatchBits = 12;

    /// <summary>Writes a frame and returns its bytes.</summary>
    public static int Write(ReadOnlySpan<long> residuals, Span<byte> destination)
    {
        int width = Width(residuals, out _);
        int length = 1;
        int patches = 0;
        for (int i = 0; i < residuals.Length; i++)
        {
            ulong above = width == FullWidth ? 0 : ZigZag.Encode(residuals[i]) >> width;
            if (above != 0)
            {
                length += patches++ == 0 ? 1 : 0;
                destination[length++] = (byte)i;
                length += Varint.Write(destination[length..], above);
            }
        }

        destination[0] = (byte)(width | (patches > 0 ? HasPatches : 0));
        if (patches > 0)
        {
            destination[1] = (byte)patches;
        }

        var writer = new LowBitWriter(destination[length..]);
        foreach (long residual in residuals)
        {
            writer.PutLong(ZigZag.Encode(residual), width);
        }

        return length + writer.Align();
    }

    /// <summary>About how many bytes <see cref="Write"/> takes.</summary>
    public static int EstimateBytes(ReadOnlySpan<long> residuals)
    {
        Width(residuals, out int bits);
        return 1 + ((bits + 7) / 8);
    }

    /// <summary>Reads as many residuals as the span holds from a position and moves it past; false when the bytes are none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, Span<long> residuals)
    {
        if ((uint)position >= (uint)source.Length)
        {
            return false;
        }

        int width = source[position] & ~HasPatches;
        bool hasPatches = (source[position++] & HasPatches) != 0;
        if (width > MaxPartialWidth && width != FullWidth)
        {
            return false;
        }

        int patches = 0;
        if (hasPatches && !Varint.TryReadCount(source, ref position, Length, out patches))
        {
            return false;
        }

        int patchPosition = position;
        for (int i = 0; i < patches; i++)
        {
            if (!TryReadPatch(source, ref position, residuals.Length, out _, out _))
            {
                return false;
            }
        }

        int packedBytes = ((residuals.Length * width) + 7) / 8;
        if (packedBytes > source.Length - position)
        {
            return false;
        }

        Unpack(source[position..], width, residuals);
        position += packedBytes;
        for (int i = 0; i < patches; i++)
        {
            _ = TryReadPatch(source, ref patchPosition, residuals.Length, out int index, out ulong above);
            residuals[index] = ZigZag.Decode(ZigZag.Encode(residuals[index]) | (above << width));
        }

        return true;
    }

    private static bool TryReadPatch(ReadOnlySpan<byte> source, ref int position, int count, out int index, out ulong above)
    {
        above = 0;
        index = (uint)position < (uint)source.Length ? source[position++] : count;
        return index < count && Varint.TryRead(source, ref position, out above);
    }

    private static void Unpack(ReadOnlySpan<byte> packed, int width, Span<long> residuals)
    {
        if (width == 0)
        {
            residuals.Clear();
            return;
        }

        long position = 0;
        ulong mask = ulong.MaxValue >> (64 - width);
        for (int i = 0; i < residuals.Length; i++)
        {
            residuals[i] = ZigZag.Decode(LowBitReader.Peek(packed, position) & mask);
            position += width;
        }
    }

    /// <summary>The width that takes the fewest bits, patches included.</summary>
    private static int Width(ReadOnlySpan<long> residuals, out int bits)
    {
        Span<int> counts = stackalloc int[FullWidth + 1];
        counts.Clear();
        foreach (long residual in residuals)
        {
            counts[FullWidth - BitOperations.LeadingZeroCount(ZigZag.Encode(residual))]++;
        }

        int best = FullWidth;
        bits = residuals.Length * FullWidth;
        int above = 0;
        int bitsAbove = 0;
        for (int width = FullWidth; width >= 0; width--)
        {
            bitsAbove += above;
            int cost = (residuals.Length * width) + (above * PatchBits) + (bitsAbove * 8 / 7);
            if (cost < bits && width <= MaxPartialWidth)
            {
                best = width;
                bits = cost;
            }

            above += counts[width];
        }

        return best;
    }
}
