using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Tsdb.Model.Histograms;

/// <summary>Reads the fields of one histogram from bytes of any content. See <see cref="HistogramCodec"/> for the form.</summary>
internal ref struct HistogramReader(ReadOnlySpan<byte> source)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private int _position;

    private readonly int Left => _source.Length - _position;

    /// <summary>Reads a histogram that takes all the bytes.</summary>
    public bool TryRead([NotNullWhen(true)] out NativeHistogram? histogram)
    {
        histogram = null;
        if (!TryReadByte(out byte flags)
            || (flags & HistogramCodec.UnknownFlags) != 0
            || !TryReadZigZag(out long schema)
            || schema is < int.MinValue or > int.MaxValue
            || !TryReadDouble(out double zeroThreshold)
            || !TryReadDouble(out double sum))
        {
            return false;
        }

        var head = new Head(flags, (int)schema, zeroThreshold, sum);
        bool isRead = (flags & HistogramCodec.FloatFlag) != 0 ? TryReadFloats(head, out histogram) : TryReadIntegers(head, out histogram);
        return isRead && Left == 0;
    }

    private bool TryReadIntegers(Head head, [NotNullWhen(true)] out NativeHistogram? histogram)
    {
        histogram = null;
        if (!TryReadVarint(out ulong count)
            || !TryReadVarint(out ulong zeroCount)
            || !TryReadSpans(out HistogramSpan[] positiveSpans, out int positives)
            || !TryReadCounts(positives, out ulong[] positiveCounts)
            || !TryReadSpans(out HistogramSpan[] negativeSpans, out int negatives)
            || !TryReadCounts(negatives, out ulong[] negativeCounts)
            || !TryReadCustomBounds(head.Flags, out double[] customBounds))
        {
            return false;
        }

        histogram = new IntegerHistogram
        {
            Schema = head.Schema,
            ResetHint = head.ResetHint,
            ZeroThreshold = head.ZeroThreshold,
            Sum = head.Sum,
            Count = count,
            ZeroCount = zeroCount,
            PositiveSpans = positiveSpans,
            PositiveCounts = positiveCounts,
            NegativeSpans = negativeSpans,
            NegativeCounts = negativeCounts,
            CustomBounds = customBounds,
        };
        return true;
    }

    private bool TryReadFloats(Head head, [NotNullWhen(true)] out NativeHistogram? histogram)
    {
        histogram = null;
        if (!TryReadDouble(out double count)
            || !TryReadDouble(out double zeroCount)
            || !TryReadSpans(out HistogramSpan[] positiveSpans, out int positives)
            || !TryReadDoubles(positives, out double[] positiveCounts)
            || !TryReadSpans(out HistogramSpan[] negativeSpans, out int negatives)
            || !TryReadDoubles(negatives, out double[] negativeCounts)
            || !TryReadCustomBounds(head.Flags, out double[] customBounds))
        {
            return false;
        }

        histogram = new FloatHistogram
        {
            Schema = head.Schema,
            ResetHint = head.ResetHint,
            ZeroThreshold = head.ZeroThreshold,
            Sum = head.Sum,
            Count = count,
            ZeroCount = zeroCount,
            PositiveSpans = positiveSpans,
            PositiveCounts = positiveCounts,
            NegativeSpans = negativeSpans,
            NegativeCounts = negativeCounts,
            CustomBounds = customBounds,
        };
        return true;
    }

    // What a count may be is bounded by the bytes left before anything is allocated for it.
    private bool TryReadSpans(out HistogramSpan[] spans, out int buckets)
    {
        spans = [];
        buckets = 0;
        if (!TryReadVarint(out ulong count) || count > (ulong)(Left / 2))
        {
            return false;
        }

        spans = count == 0 ? [] : new HistogramSpan[count];
        long total = 0;
        for (int i = 0; i < spans.Length; i++)
        {
            if (!TryReadZigZag(out long offset) || offset is < int.MinValue or > int.MaxValue || !TryReadVarint(out ulong length) || length > int.MaxValue)
            {
                return false;
            }

            spans[i] = new HistogramSpan((int)offset, (uint)length);
            total += (long)length;
        }

        buckets = (int)Math.Min(total, int.MaxValue); // more than any bytes hold: refused with the counts
        return true;
    }

    private bool TryReadCounts(int buckets, out ulong[] counts)
    {
        counts = [];
        if (buckets > Left)
        {
            return false;
        }

        counts = buckets == 0 ? [] : new ulong[buckets];
        ulong before = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (!TryReadZigZag(out long difference))
            {
                return false;
            }

            before = unchecked(before + (ulong)difference);
            counts[i] = before;
        }

        return true;
    }

    private bool TryReadDoubles(int count, out double[] values)
    {
        values = [];
        if (count > Left / sizeof(double))
        {
            return false;
        }

        values = count == 0 ? [] : new double[count];
        for (int i = 0; i < values.Length; i++)
        {
            TryReadDouble(out values[i]);
        }

        return true;
    }

    private bool TryReadCustomBounds(byte flags, out double[] bounds)
    {
        bounds = [];
        return (flags & HistogramCodec.CustomBoundsFlag) == 0
            || (TryReadVarint(out ulong count) && count is > 0 and <= int.MaxValue && TryReadDoubles((int)count, out bounds));
    }

    private bool TryReadDouble(out double value)
    {
        bool isThere = Left >= sizeof(double);
        value = isThere ? BinaryPrimitives.ReadDoubleLittleEndian(_source[_position..]) : 0;
        _position += isThere ? sizeof(double) : 0;
        return isThere;
    }

    private bool TryReadZigZag(out long value)
    {
        bool isRead = TryReadVarint(out ulong folded);
        value = (long)(folded >> 1) ^ -(long)(folded & 1);
        return isRead;
    }

    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && TryReadByte(out byte part); shift += 7)
        {
            if (shift == 63 && part > 1)
            {
                return false; // the tenth byte has room for one bit
            }

            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private bool TryReadByte(out byte value)
    {
        bool isThere = Left > 0;
        value = isThere ? _source[_position] : (byte)0;
        _position += isThere ? 1 : 0;
        return isThere;
    }

    private readonly record struct Head(byte Flags, int Schema, double ZeroThreshold, double Sum)
    {
        public CounterResetHint ResetHint => (CounterResetHint)((Flags >> HistogramCodec.ResetHintShift) & HistogramCodec.ResetHintMask);
    }
}
