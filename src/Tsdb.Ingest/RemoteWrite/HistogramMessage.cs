using Tsdb.Model.Histograms;

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>Reads the message Histogram, which both versions share but for a start timestamp, which is not kept. Not thread-safe; reused.</summary>
/// <remarks>
/// Fields: 1, 2 count as integer or double; 3 sum; 4 schema; 5 zero threshold; 6, 7 zero count; 8 to 10 negative spans, deltas, counts; 11 to 13 positive
/// ones; 14 reset hint; 15 timestamp; 16 custom bounds. Integer buckets come as differences, those of doubles as they are. BucketSpan: 1 offset,
/// 2 length.
/// </remarks>
internal sealed class HistogramMessage
{
    /// <summary>Spans, buckets and custom bounds a histogram may have in all: ten bytes each, it then fits what the engine stores as one.</summary>
    private const int MaxParts = 100_000;

    private const uint Varint = 0;
    private const uint Fixed64 = 1;

    private readonly HistogramBuckets _negative = new();
    private readonly HistogramBuckets _positive = new();
    private readonly List<double> _bounds = [];
    private ulong _count, _zeroCount, _resetHint, _schema;
    private double _floatCount, _floatZeroCount, _sum, _zeroThreshold;
    private bool _isFloat;

    /// <summary>Milliseconds since the Unix epoch of the histogram read last.</summary>
    public long TimestampMs { get; private set; }

    /// <summary>Reads a histogram; false when it is malformed.</summary>
    public bool TryRead(ReadOnlySpan<byte> message)
    {
        Clear();
        var reader = new ProtobufReader(message);
        bool isRead = true;
        while (isRead && !reader.IsAtEnd)
        {
            isRead = reader.TryReadTag(out uint tag) && (tag >> 3) switch
            {
                >= 8 and <= 10 => _negative.TryReadField(ref reader, tag, firstField: 8),
                >= 11 and <= 13 => _positive.TryReadField(ref reader, tag, firstField: 11),
                16 => HistogramBuckets.TryReadDoubles(ref reader, tag, _bounds),
                _ => TryReadScalar(ref reader, tag),
            };
        }

        return isRead;
    }

    /// <summary>Makes a histogram of what was read, if it is one.</summary>
    public SeriesFault Build(out NativeHistogram? histogram)
    {
        histogram = null;
        if (_negative.PartCount + _positive.PartCount + _bounds.Count > MaxParts)
        {
            return SeriesFault.HistogramTooLarge;
        }

        if (!_negative.AreSpansValid(_isFloat) || !_positive.AreSpansValid(_isFloat))
        {
            return SeriesFault.BadHistogramSpans;
        }

        if (_isFloat)
        {
            histogram = BuildFloat();
            return SeriesFault.None;
        }

        ulong total = _zeroCount;
        if (!_negative.TryAccumulate(ref total, out ulong[] negative) || !_positive.TryAccumulate(ref total, out ulong[] positive))
        {
            return SeriesFault.BadHistogramCount;
        }

        // As in Prometheus: an observation that is NaN counts but falls into no bucket.
        if (double.IsNaN(_sum) ? total > _count : total != _count)
        {
            return SeriesFault.BadHistogramCount;
        }

        histogram = BuildInteger(negative, positive);
        return SeriesFault.None;
    }

    private IntegerHistogram BuildInteger(ulong[] negative, ulong[] positive) => new()
    {
        Schema = Schema,
        ResetHint = ResetHint,
        ZeroThreshold = _zeroThreshold,
        Sum = _sum,
        Count = _count,
        ZeroCount = _zeroCount,
        PositiveSpans = _positive.Spans,
        PositiveCounts = positive,
        NegativeSpans = _negative.Spans,
        NegativeCounts = negative,
        CustomBounds = _bounds.ToArray(),
    };

    private FloatHistogram BuildFloat() => new()
    {
        Schema = Schema,
        ResetHint = ResetHint,
        ZeroThreshold = _zeroThreshold,
        Sum = _sum,
        Count = _floatCount,
        ZeroCount = _floatZeroCount,
        PositiveSpans = _positive.Spans,
        PositiveCounts = _positive.FloatCounts,
        NegativeSpans = _negative.Spans,
        NegativeCounts = _negative.FloatCounts,
        CustomBounds = _bounds.ToArray(),
    };

    private int Schema => (int)ProtobufReader.Unfold((uint)_schema);

    private CounterResetHint ResetHint => _resetHint <= (ulong)CounterResetHint.Gauge ? (CounterResetHint)_resetHint : CounterResetHint.Unknown;

    private bool TryReadScalar(scoped ref ProtobufReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | Varint:
                _isFloat = false; // of a choice the last counts
                return reader.TryReadVarint(out _count);
            case (2 << 3) | Fixed64:
                _isFloat = true;
                return reader.TryReadDouble(out _floatCount);
            case (3 << 3) | Fixed64:
                return reader.TryReadDouble(out _sum);
            case (4 << 3) | Varint:
                return reader.TryReadVarint(out _schema);
            case (5 << 3) | Fixed64:
                return reader.TryReadDouble(out _zeroThreshold);
            case (6 << 3) | Varint:
                return reader.TryReadVarint(out _zeroCount);
            case (7 << 3) | Fixed64:
                return reader.TryReadDouble(out _floatZeroCount);
            case (14 << 3) | Varint:
                return reader.TryReadVarint(out _resetHint);
            case (15 << 3) | Varint:
                bool isRead = reader.TryReadVarint(out ulong timestamp);
                TimestampMs = (long)timestamp;
                return isRead;
            default:
                return reader.TrySkip(tag);
        }
    }

    private void Clear()
    {
        _negative.Clear();
        _positive.Clear();
        _bounds.Clear();
        _count = _zeroCount = _resetHint = _schema = 0;
        _floatCount = _floatZeroCount = _sum = _zeroThreshold = 0;
        _isFloat = false;
        TimestampMs = 0;
    }
}
