using System.Buffers.Binary;

namespace Tsdb.Model.Histograms;

/// <summary>Writes the fields of one histogram into bytes that are known to suffice. See <see cref="HistogramCodec"/> for the form.</summary>
internal ref struct HistogramWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;
    private int _position;

    /// <summary>Writes a histogram and returns its length.</summary>
    public int Write(NativeHistogram histogram)
    {
        bool isFloat = histogram is FloatHistogram;
        int flags = (isFloat ? HistogramCodec.FloatFlag : 0) | (((byte)histogram.ResetHint & HistogramCodec.ResetHintMask) << HistogramCodec.ResetHintShift);
        WriteByte((byte)(flags | (histogram.CustomBounds.IsEmpty ? 0 : HistogramCodec.CustomBoundsFlag)));
        WriteZigZag(histogram.Schema);
        WriteDouble(histogram.ZeroThreshold);
        WriteDouble(histogram.Sum);
        if (histogram is IntegerHistogram integers)
        {
            WriteVarint(integers.Count);
            WriteVarint(integers.ZeroCount);
            WriteBuckets(integers.PositiveSpans.Span, integers.PositiveCounts.Span);
            WriteBuckets(integers.NegativeSpans.Span, integers.NegativeCounts.Span);
        }
        else
        {
            var floats = (FloatHistogram)histogram;
            WriteDouble(floats.Count);
            WriteDouble(floats.ZeroCount);
            WriteBuckets(floats.PositiveSpans.Span, floats.PositiveCounts.Span);
            WriteBuckets(floats.NegativeSpans.Span, floats.NegativeCounts.Span);
        }

        if (!histogram.CustomBounds.IsEmpty)
        {
            WriteVarint((ulong)histogram.CustomBounds.Length);
            WriteDoubles(histogram.CustomBounds.Span);
        }

        return _position;
    }

    private void WriteBuckets(ReadOnlySpan<HistogramSpan> spans, ReadOnlySpan<ulong> counts)
    {
        WriteSpans(spans);
        ulong before = 0;
        foreach (ulong count in counts)
        {
            WriteZigZag(unchecked((long)(count - before)));
            before = count;
        }
    }

    private void WriteBuckets(ReadOnlySpan<HistogramSpan> spans, ReadOnlySpan<double> counts)
    {
        WriteSpans(spans);
        WriteDoubles(counts);
    }

    private void WriteSpans(ReadOnlySpan<HistogramSpan> spans)
    {
        WriteVarint((ulong)spans.Length);
        foreach (HistogramSpan span in spans)
        {
            WriteZigZag(span.Offset);
            WriteVarint(span.Length);
        }
    }

    private void WriteDoubles(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            WriteDouble(value);
        }
    }

    private void WriteDouble(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_destination[_position..], value);
        _position += sizeof(double);
    }

    private void WriteZigZag(long value) => WriteVarint((ulong)((value << 1) ^ (value >> 63)));

    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            WriteByte((byte)(value | 0x80));
        }

        WriteByte((byte)value);
    }

    private void WriteByte(byte value) => _destination[_position++] = value;
}
