using Tsdb.Model.Histograms;

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>The positive or the negative buckets of the message Histogram. Not thread-safe; reused.</summary>
internal sealed class HistogramBuckets
{
    private const uint Varint = 0;
    private const uint Fixed64 = 1;
    private const uint LengthDelimited = 2;

    private readonly List<HistogramSpan> _spans = [];
    private readonly List<long> _deltas = [];
    private readonly List<double> _counts = [];

    /// <summary>The spans; a copy.</summary>
    public HistogramSpan[] Spans => [.. _spans];

    /// <summary>The counts of a histogram of doubles; a copy.</summary>
    public double[] FloatCounts => [.. _counts];

    /// <summary>Spans and counts there are.</summary>
    public int PartCount => _spans.Count + Math.Max(_deltas.Count, _counts.Count);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _spans.Clear();
        _deltas.Clear();
        _counts.Clear();
    }

    /// <summary>Reads one of the three fields.</summary>
    /// <param name="reader">Stands behind the tag.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="firstField">The number of the field of spans; deltas and counts follow.</param>
    public bool TryReadField(scoped ref ProtobufReader reader, uint tag, uint firstField) => ((tag >> 3) - firstField) switch
    {
        0 when (tag & 7) == LengthDelimited => reader.TryReadBytes(out ReadOnlySpan<byte> span) && TryAddSpan(span),
        1 => TryReadDeltas(ref reader, tag),
        2 => TryReadDoubles(ref reader, tag, _counts),
        _ => reader.TrySkip(tag),
    };

    /// <summary>Reads a repeated field of doubles, packed or one by one.</summary>
    public static bool TryReadDoubles(scoped ref ProtobufReader reader, uint tag, List<double> values)
    {
        if ((tag & 7) == Fixed64)
        {
            bool isRead = reader.TryReadDouble(out double value);
            values.Add(value);
            return isRead;
        }

        if ((tag & 7) != LengthDelimited)
        {
            return reader.TrySkip(tag);
        }

        if (!reader.TryReadBytes(out ReadOnlySpan<byte> packed))
        {
            return false;
        }

        var numbers = new ProtobufReader(packed);
        while (!numbers.IsAtEnd)
        {
            if (!numbers.TryReadDouble(out double value))
            {
                return false;
            }

            values.Add(value);
        }

        return true;
    }

    /// <summary>Says whether the spans follow each other and have as many buckets as there are counts.</summary>
    public bool AreSpansValid(bool isFloat)
    {
        ulong buckets = 0;
        for (int i = 0; i < _spans.Count; i++)
        {
            if (i > 0 && _spans[i].Offset < 0)
            {
                return false;
            }

            buckets += _spans[i].Length;
        }

        return buckets == (ulong)(isFloat ? _counts.Count : _deltas.Count);
    }

    /// <summary>Turns the differences into counts; false when one is below zero.</summary>
    /// <param name="total">Grows by all of them.</param>
    /// <param name="counts">The counts.</param>
    public bool TryAccumulate(ref ulong total, out ulong[] counts)
    {
        counts = new ulong[_deltas.Count];
        long count = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            count = unchecked(count + _deltas[i]);
            if (count < 0)
            {
                return false;
            }

            counts[i] = (ulong)count;
            total = unchecked(total + counts[i]);
        }

        return true;
    }

    private bool TryAddSpan(ReadOnlySpan<byte> message)
    {
        ulong offset = 0, length = 0;
        var reader = new ProtobufReader(message);
        bool isRead = true;
        while (isRead && !reader.IsAtEnd)
        {
            isRead = reader.TryReadTag(out uint tag) && tag switch
            {
                (1 << 3) | Varint => reader.TryReadVarint(out offset),
                (2 << 3) | Varint => reader.TryReadVarint(out length),
                _ => reader.TrySkip(tag),
            };
        }

        _spans.Add(new HistogramSpan((int)ProtobufReader.Unfold((uint)offset), (uint)length));
        return isRead;
    }

    private bool TryReadDeltas(scoped ref ProtobufReader reader, uint tag)
    {
        if ((tag & 7) == Varint)
        {
            bool isRead = reader.TryReadVarint(out ulong delta);
            _deltas.Add(ProtobufReader.Unfold(delta));
            return isRead;
        }

        if ((tag & 7) != LengthDelimited)
        {
            return reader.TrySkip(tag);
        }

        if (!reader.TryReadBytes(out ReadOnlySpan<byte> packed))
        {
            return false;
        }

        var numbers = new ProtobufReader(packed);
        while (!numbers.IsAtEnd)
        {
            if (!numbers.TryReadVarint(out ulong delta))
            {
                return false;
            }

            _deltas.Add(ProtobufReader.Unfold(delta));
        }

        return true;
    }
}
