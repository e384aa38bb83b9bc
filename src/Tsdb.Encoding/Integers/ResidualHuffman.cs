using System.Runtime.CompilerServices;
using Tsdb.Encoding.Entropy;

namespace Tsdb.Encoding.Integers;

/// <summary>Residuals as class codes of one of the block's codebooks, segment by segment.</summary>
/// <remarks>
/// <code>
///  codebook u8 | per segment: its start (see SegmentState) | class codes | raw bits
/// </code>
/// Authoritative: docs/formats.md#huffman. Safe on any bytes; thread-safe.
/// </remarks>
internal static class ResidualHuffman
{
    /// <summary>Writes the segments of a column and returns the bytes.</summary>
    public static int Write(
        int number, Codebook codebook, in IntegerHeader header, ReadOnlySpan<long> integers, ReadOnlySpan<long> residuals, ReadOnlySpan<byte> classes, Span<byte> destination)
    {
        destination[0] = (byte)number;
        int length = 1;
        SegmentState before = SegmentState.First(header);
        for (int index = 0; index < integers.Length; index += Residuals.SegmentLength)
        {
            int end = Math.Min(index + Residuals.SegmentLength, integers.Length);
            SegmentState state = SegmentState.At(header, integers, index);

            // Its length stands before the stream and is known after: the stream is written behind the longest start, and moved up.
            Span<byte> stream = destination[(length + SegmentState.MaxLengthBytes)..];
            int streamBytes = ClassStream.Write(codebook, residuals[(index + 1)..end], classes[(index + 1)..end], stream);
            length += state.Write(destination[length..], before, header.Transform, index, streamBytes);
            stream[..streamBytes].CopyTo(destination[length..]);
            length += streamBytes;
            before = state;
        }

        return length;
    }

    /// <summary>Reads the integers at a position and moves it past; false when the bytes are none.</summary>
    [SkipLocalsInit]
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, CodebookSet codebooks, in IntegerHeader header, Span<long> integers)
    {
        if ((uint)position >= (uint)source.Length || source[position] >= codebooks.Count)
        {
            return false;
        }

        CodebookTable table = codebooks[source[position++]].Table;
        Span<byte> classBuffer = stackalloc byte[Residuals.SegmentLength + ClassStream.Slack];
        SegmentState state = SegmentState.First(header);
        for (int index = 0; index < integers.Length; index += Residuals.SegmentLength)
        {
            Span<long> segment = integers.Slice(index, Math.Min(Residuals.SegmentLength, integers.Length - index));
            Span<long> rest = segment[1..];
            if (!state.TryRead(source, ref position, header.Transform, index, out int streamBytes))
            {
                return false;
            }

            // What lies behind the stream may be peeked at, which is faster than minding the edge; that it was not needed is checked after.
            long codeBytes = ClassStream.ReadClasses(table, source[position..], rest.Length, classBuffer);
            ReadOnlySpan<byte> classes = classBuffer[..rest.Length];
            if (codeBytes > streamBytes)
            {
                return false;
            }

            if (header.Transform == Transform.Delta && !ClassStream.HasRawBits(classes))
            {
                segment[0] = state.Start;
                SmallDeltas.Restore(classes, header.Centre, state.Start, rest);
            }
            else
            {
                if (codeBytes + ClassStream.ReadIntegers(source[(position + (int)codeBytes)..], classes, rest) > streamBytes)
                {
                    return false;
                }

                Residuals.Restore(header.Transform, header.Centre, state.Start, state.Delta, segment);
            }

            position += streamBytes;
        }

        return true;
    }

    /// <summary>About how many bytes the column takes, given the bits of its codes and raw bits.</summary>
    public static long EstimateBytes(int count, long bits) => 1 + (bits / 8) + ((count + Residuals.SegmentLength - 1) / Residuals.SegmentLength * 6);
}
