using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Tsdb.Model.Histograms;

/// <summary>The binary form of a native histogram, in which it travels and is stored: lossless, bit for bit. Thread-safe.</summary>
/// <remarks>
/// <code>
///  flags u8        bit 0: float counts; bits 1, 2: counter reset hint; bit 3: has custom bounds; others 0
///  schema zig-zag | zero threshold f64 | sum f64 | count | zero count
///  positive, then negative buckets: varint spans; each zig-zag offset, varint length; then a count a bucket
///  custom bounds   only with bit 3: varint how many, f64 each
///
///  a count: float f64; integer varint, a bucket's as zig-zag difference from the bucket before (0 before the first), modulo 2^64
/// </code>
/// Authoritative: docs/formats.md#histogram. There are as many counts as the spans' lengths add up to, so none of it can be out of step.
/// </remarks>
public static class HistogramCodec
{
    /// <summary>The most bytes a histogram may take; about 100,000 buckets.</summary>
    public const int MaxLengthBytes = 1 << 20;

    internal const byte FloatFlag = 1;
    internal const int ResetHintShift = 1;
    internal const byte ResetHintMask = 3;
    internal const byte CustomBoundsFlag = 1 << 3;
    internal const byte UnknownFlags = 0xF0;

    private const int FixedMaxBytes = 1 + 5 + 8 + 8 + 10 + 10 + 5; // all but buckets and the custom bounds themselves
    private const int SpanMaxBytes = 10;
    private const int CountMaxBytes = 10;

    /// <summary>The most bytes <see cref="Write"/> needs for a histogram.</summary>
    /// <exception cref="ArgumentException">Its counts do not fit its spans, or it is larger than <see cref="MaxLengthBytes"/> could hold.</exception>
    public static int MaxLengthOf(NativeHistogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        (int positive, int negative) = histogram switch
        {
            IntegerHistogram integers => (integers.PositiveCounts.Length, integers.NegativeCounts.Length),
            FloatHistogram floats => (floats.PositiveCounts.Length, floats.NegativeCounts.Length),
            _ => throw new UnreachableException(),
        };
        long length = FixedMaxBytes
            + MaxLengthOf(histogram.PositiveSpans.Span, positive)
            + MaxLengthOf(histogram.NegativeSpans.Span, negative)
            + (sizeof(double) * (long)histogram.CustomBounds.Length);
        return length <= MaxLengthBytes
            ? (int)length
            : throw new ArgumentException($"A histogram of that many buckets may need {length} bytes; the limit is {MaxLengthBytes}.", nameof(histogram));
    }

    /// <summary>Writes a histogram and returns its length.</summary>
    /// <param name="histogram">The histogram; its counts fit its spans.</param>
    /// <param name="destination">At least <see cref="MaxLengthOf(NativeHistogram)"/> bytes.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static int Write(NativeHistogram histogram, Span<byte> destination)
    {
        if (destination.Length < MaxLengthOf(histogram))
        {
            throw new ArgumentException($"{destination.Length} bytes do not surely hold the histogram.", nameof(destination));
        }

        return new HistogramWriter(destination).Write(histogram);
    }

    /// <summary>Encodes a histogram into an array of its own.</summary>
    /// <exception cref="ArgumentException">Its counts do not fit its spans, or it is too large.</exception>
    public static byte[] Encode(NativeHistogram histogram)
    {
        byte[] bytes = new byte[MaxLengthOf(histogram)];
        return bytes[..Write(histogram, bytes)];
    }

    /// <summary>Reads a histogram; false when the bytes are not exactly one. Safe on any bytes: memory stays in proportion to their number.</summary>
    public static bool TryRead(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out NativeHistogram? histogram)
    {
        histogram = null;
        return encoded.Length <= MaxLengthBytes && new HistogramReader(encoded).TryRead(out histogram);
    }

    private static long MaxLengthOf(ReadOnlySpan<HistogramSpan> spans, int counts)
    {
        long buckets = 0;
        foreach (HistogramSpan span in spans)
        {
            buckets += span.Length;
        }

        return buckets == counts
            ? CountMaxBytes + (SpanMaxBytes * (long)spans.Length) + (CountMaxBytes * buckets)
            : throw new ArgumentException($"The spans of a histogram have {buckets} buckets; {counts} counts were given.");
    }
}
