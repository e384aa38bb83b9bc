using System.Buffers;
using Tsdb.Encoding.Bits;
using Tsdb.Encoding.Entropy;

namespace Tsdb.Encoding.Integers;

/// <summary>Residuals of which few are not 0: for each of those, how many zeros precede it, and itself.</summary>
/// <remarks>
/// <code>
///  count varint | codebook of gaps u8, 255 = none | codebook of residuals u8, 255 = none | gaps | residuals
///  gaps and residuals: a class stream each; without codebook a varint and a zig-zag varint each
/// </code>
/// Authoritative: docs/formats.md#runs. Safe on any bytes; thread-safe.
/// </remarks>
internal static class ResidualRuns
{
    private const byte NoCodebook = 255;

    /// <summary>Writes a column and returns its bytes.</summary>
    public static int Write(CodebookSet codebooks, RunList gaps, RunList residuals, Span<byte> destination)
    {
        int length = Varint.Write(destination, (uint)gaps.Count);
        int head = length;
        length += 2;
        length += WriteStream(codebooks, gaps, out destination[head], destination[length..]);
        length += WriteStream(codebooks, residuals, out destination[head + 1], destination[length..]);
        return length;
    }

    /// <summary>About how many bytes the column takes.</summary>
    public static long EstimateBytes(CodebookSet codebooks, RunList gaps, RunList residuals) =>
        4 + StreamBytes(codebooks, gaps, out _) + StreamBytes(codebooks, residuals, out _);

    /// <summary>Reads the integers at a position and moves it past; false when the bytes are none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, CodebookSet codebooks, in IntegerHeader header, Span<long> integers)
    {
        if (!Varint.TryReadCount(source, ref position, integers.Length - 1, out int count) || source.Length - position < 2)
        {
            return false;
        }

        byte gapBook = source[position++];
        byte residualBook = source[position++];
        long[] pairs = ArrayPool<long>.Shared.Rent(2 * count);
        try
        {
            Span<long> gaps = pairs.AsSpan(0, count);
            Span<long> residuals = pairs.AsSpan(count, count);
            return TryReadStream(source, ref position, codebooks, gapBook, gaps)
                && TryReadStream(source, ref position, codebooks, residualBook, residuals)
                && TryScatter(gaps, residuals, header, integers);
        }
        finally
        {
            ArrayPool<long>.Shared.Return(pairs);
        }
    }

    private static int WriteStream(CodebookSet codebooks, RunList list, out byte number, Span<byte> destination)
    {
        StreamBytes(codebooks, list, out int chosen);
        if (chosen >= 0)
        {
            number = (byte)chosen;
            return ClassStream.Write(codebooks[chosen], list.Integers, list.Classes, destination);
        }

        number = NoCodebook;
        int length = 0;
        foreach (long integer in list.Integers)
        {
            length += Varint.WriteZigZag(destination[length..], integer);
        }

        return length;
    }

    private static long StreamBytes(CodebookSet codebooks, RunList list, out int codebook)
    {
        long bytes = 0;
        foreach (long integer in list.Integers)
        {
            bytes += Varint.LengthOf(ZigZag.Encode(integer));
        }

        if (codebooks.TryChoose(list.Histogram.Counts, out codebook, out long bits) && (bits + list.Histogram.RawBits()) / 8 < bytes)
        {
            return (bits + list.Histogram.RawBits()) / 8;
        }

        codebook = -1;
        return bytes;
    }

    private static bool TryReadStream(ReadOnlySpan<byte> source, ref int position, CodebookSet codebooks, byte number, Span<long> integers)
    {
        if (number < codebooks.Count)
        {
            return TryReadCoded(source, ref position, codebooks[number].Table, integers);
        }

        for (int i = 0; i < integers.Length; i++)
        {
            if (!Varint.TryReadZigZag(source, ref position, out integers[i]))
            {
                return false;
            }
        }

        return number == NoCodebook;
    }

    private static bool TryReadCoded(ReadOnlySpan<byte> source, ref int position, CodebookTable table, Span<long> integers)
    {
        byte[] classes = ArrayPool<byte>.Shared.Rent(integers.Length + ClassStream.Slack);
        try
        {
            long bytes = ClassStream.ReadClasses(table, source[position..], integers.Length, classes);
            if (bytes > source.Length - position)
            {
                return false;
            }

            position += (int)bytes;
            bytes = ClassStream.ReadIntegers(source[position..], classes.AsSpan(0, integers.Length), integers);
            if (bytes > source.Length - position)
            {
                return false;
            }

            position += (int)bytes;
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(classes);
        }
    }

    private static bool TryScatter(ReadOnlySpan<long> gaps, ReadOnlySpan<long> residuals, in IntegerHeader header, Span<long> integers)
    {
        integers.Clear();
        long index = 0;
        for (int i = 0; i < gaps.Length; i++)
        {
            if ((ulong)gaps[i] >= (ulong)(integers.Length - 1 - index))
            {
                return false;
            }

            index += 1 + gaps[i];
            integers[(int)index] = residuals[i];
        }

        Residuals.Restore(header.Transform, header.Centre, 0, header.Centre, integers);
        return true;
    }
}
