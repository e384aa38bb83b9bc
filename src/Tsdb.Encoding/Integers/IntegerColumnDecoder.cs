using Tsdb.Encoding.Entropy;

namespace Tsdb.Encoding.Integers;

/// <summary>Reads the columns <see cref="IntegerColumnEncoder"/> writes. Safe on any bytes; thread-safe.</summary>
internal static class IntegerColumnDecoder
{
    /// <summary>
    /// Reads as many integers as the span holds, which are one or more, from a position, and moves it past. They are left as the header's
    /// multiples: the caller multiplies by the divisor and adds the base. False when the bytes are no such column.
    /// </summary>
    public static bool TryRead(
        ChunkCodec codec, ReadOnlySpan<byte> source, ref int position, CodebookSet codebooks, in IntegerHeader header, Span<long> integers)
    {
        switch (codec)
        {
            case ChunkCodec.Arithmetic:
                integers.Clear();
                Residuals.Restore(header.Transform, header.Centre, 0, header.Centre, integers);
                return true;
            case ChunkCodec.Runs:
                return ResidualRuns.TryRead(source, ref position, codebooks, header, integers);
            case ChunkCodec.DecimalHuffman or ChunkCodec.SplitDoubles:
                return ResidualHuffman.TryRead(source, ref position, codebooks, header, integers);
            case ChunkCodec.DecimalFrames:
                return ResidualFrames.TryRead(source, ref position, header, integers);
            default:
                return false;
        }
    }
}
