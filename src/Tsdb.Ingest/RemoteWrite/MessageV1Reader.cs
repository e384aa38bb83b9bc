using System.Buffers;
using Tsdb.Ingest.SeriesKeys;
using Tsdb.Model.Placement;
using Tsdb.Model.Writing;

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>Reads the message <c>prometheus.WriteRequest</c> of remote write 1.0. Not thread-safe; reused from request to request.</summary>
/// <remarks>
/// Fields: WriteRequest 1 series, 3 metadata; TimeSeries 1 label, 2 sample, 3 exemplar, 4 histogram; Label 1 name, 2 value; MetricMetadata 1 type,
/// 2 family, 4 help, 5 unit. The bytes of a series' label fields are its key in the cache.
/// Source: https://prometheus.io/docs/specs/prw/remote_write_spec.
/// </remarks>
/// <param name="appender">Finds and creates series.</param>
/// <param name="sink">Takes what is read.</param>
/// <param name="cache">Series known by their label fields.</param>
/// <param name="labels">Checks the labels of new series.</param>
internal sealed class MessageV1Reader(IAppender appender, SampleSink sink, SeriesHandleCache cache, LabelCollector labels)
{
    private const byte LengthDelimited = 2;
    private const byte SeriesTag = (1 << 3) | LengthDelimited;
    private const byte MetadataTag = (3 << 3) | LengthDelimited;
    private const byte LabelTag = (1 << 3) | LengthDelimited;
    private const byte SampleTag = (2 << 3) | LengthDelimited;
    private const byte ExemplarTag = (3 << 3) | LengthDelimited;
    private const byte HistogramTag = (4 << 3) | LengthDelimited;
    private const byte NameTag = (1 << 3) | LengthDelimited;
    private const byte ValueTag = (2 << 3) | LengthDelimited;

    private readonly ArrayBufferWriter<byte> _gathered = new(256);
    private SeriesHandleCursor _cursor;

    /// <summary>Reads a message into the sink; false when it is malformed.</summary>
    /// <param name="message">The message.</param>
    /// <param name="position">Where it was when it ended: after the field that is malformed, if one is.</param>
    public bool TryRead(ReadOnlySpan<byte> message, out int position)
    {
        _cursor = default; // an idle reader must not keep a generation of the cache alive
        var reader = new ProtobufReader(message);
        bool isRead = true;
        while (isRead && !reader.IsAtEnd)
        {
            isRead = reader.TryReadTag(out uint tag) && tag switch
            {
                SeriesTag => reader.TryReadBytes(out ReadOnlySpan<byte> series) && TryTakeSeries(series),
                MetadataTag => reader.TryReadBytes(out ReadOnlySpan<byte> metadata) && TryTakeMetadata(metadata),
                _ => reader.TrySkip(tag),
            };
        }

        position = reader.Position;
        _cursor = default;
        return isRead;
    }

    private bool TryTakeSeries(ReadOnlySpan<byte> series)
    {
        bool isKnown = cache.TryFindNext(series, SampleTag, ref _cursor, out int keyLength, out SeriesHandle handle);
        if (!isKnown)
        {
            if (!TryMeasureLabels(series, out keyLength))
            {
                return false;
            }

            isKnown = cache.TryFind(series[..keyLength], ref _cursor, out handle);
        }

        ReadOnlySpan<byte> key = series[..keyLength];
        ReadOnlySpan<byte> rest = series[keyLength..];
        bool isOneSample = rest.Length >= 2 && rest[0] == SampleTag && rest[1] == rest.Length - 2;
        bool isTaken = isKnown && isOneSample ? TryTakeSample(rest[2..], key, handle) : TryTakeAny(key, rest, isKnown, handle);
        sink.AppendIfLarge();
        return isTaken;
    }

    // The way of everything but a known series with one sample.
    private bool TryTakeAny(ReadOnlySpan<byte> key, ReadOnlySpan<byte> rest, bool isKnown, SeriesHandle handle)
    {
        if (!TryCount(rest, out int labelCount, out int sampleCount, out int exemplarCount))
        {
            return false;
        }

        sink.Tally.ExemplarsDropped += exemplarCount;
        if (sampleCount == 0)
        {
            return true; // nothing to keep, so no series to create
        }

        if (labelCount > 0)
        {
            // Labels after samples: allowed by protobuf, written by nobody.
            key = Gather(key, rest);
            isKnown = cache.TryFind(key, ref _cursor, out handle);
        }

        if (!isKnown)
        {
            SeriesFault fault = Resolve(key, out handle);
            if (fault != SeriesFault.None)
            {
                Refuse(key, fault, sampleCount);
                return true;
            }
        }

        return TryTakeSamples(key, rest, handle);
    }

    private bool TryTakeSamples(ReadOnlySpan<byte> key, ReadOnlySpan<byte> rest, SeriesHandle handle)
    {
        var reader = new ProtobufReader(rest);
        bool isRead = true;
        while (isRead && !reader.IsAtEnd)
        {
            isRead = reader.TryReadTag(out uint tag) && tag switch
            {
                SampleTag => reader.TryReadBytes(out ReadOnlySpan<byte> sample) && TryTakeSample(sample, key, handle),
                HistogramTag => reader.TryReadBytes(out ReadOnlySpan<byte> histogram) && TryTakeHistogram(histogram, key, handle),
                _ => reader.TrySkip(tag),
            };
        }

        return isRead;
    }

    private bool TryTakeSample(ReadOnlySpan<byte> sample, ReadOnlySpan<byte> key, SeriesHandle handle)
    {
        if (!SampleMessage.TryRead(sample, out long timestampMs, out double value))
        {
            return false;
        }

        SeriesFault fault = sink.Add(handle, timestampMs, value);
        if (fault != SeriesFault.None)
        {
            Refuse(key, fault, 1);
        }

        return true;
    }

    private bool TryTakeHistogram(ReadOnlySpan<byte> histogram, ReadOnlySpan<byte> key, SeriesHandle handle)
    {
        bool isRead = sink.TryAdd(handle, histogram, out SeriesFault fault);
        if (fault != SeriesFault.None)
        {
            Refuse(key, fault, 1);
        }

        return isRead;
    }

    private SeriesFault Resolve(ReadOnlySpan<byte> key, out SeriesHandle handle)
    {
        handle = default;
        labels.Begin();
        var reader = new ProtobufReader(key);
        SeriesFault fault = SeriesFault.None;
        while (fault == SeriesFault.None && TryReadLabel(ref reader, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
        {
            fault = labels.Add(name, value);
        }

        if (fault == SeriesFault.None)
        {
            fault = labels.Finish(out ReadOnlySpan<byte> canonical);
            if (fault == SeriesFault.None)
            {
                handle = appender.Resolve(canonical);
                cache.Add(key, handle);
                sink.Tally.SeriesLookups++;
            }
        }

        return fault;
    }

    private void Refuse(ReadOnlySpan<byte> key, SeriesFault fault, int samples)
    {
        if (sink.Refuse(samples, out SeriesText text))
        {
            var reader = new ProtobufReader(key);
            while (TryReadLabel(ref reader, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
            {
                text.Add(name, value);
            }

            sink.Describe(fault);
        }
    }

    private bool TryTakeMetadata(ReadOnlySpan<byte> metadata)
    {
        const byte typeTag = 1 << 3;
        const byte familyTag = (2 << 3) | LengthDelimited;
        const byte helpTag = (4 << 3) | LengthDelimited;
        const byte unitTag = (5 << 3) | LengthDelimited;
        ulong type = 0;
        ReadOnlySpan<byte> family = default, help = default, unit = default;
        var reader = new ProtobufReader(metadata);
        bool isRead = true;
        while (isRead && !reader.IsAtEnd)
        {
            isRead = reader.TryReadTag(out uint tag) && tag switch
            {
                typeTag => reader.TryReadVarint(out type),
                familyTag => reader.TryReadBytes(out family),
                helpTag => reader.TryReadBytes(out help),
                unitTag => reader.TryReadBytes(out unit),
                _ => reader.TrySkip(tag),
            };
        }

        if (isRead)
        {
            sink.SetMetadata(family, type, help, unit);
        }

        return isRead;
    }

    // The label fields at the start of a series, each well formed.
    private static bool TryMeasureLabels(ReadOnlySpan<byte> series, out int length)
    {
        length = 0;
        var reader = new ProtobufReader(series);
        while (length < series.Length && series[length] == LabelTag)
        {
            if (!reader.TryReadTag(out _) || !reader.TryReadBytes(out ReadOnlySpan<byte> label) || !TryReadLabel(label, out _, out _))
            {
                return false;
            }

            length = reader.Position;
        }

        return true;
    }

    private static bool TryCount(ReadOnlySpan<byte> rest, out int labelCount, out int sampleCount, out int exemplarCount)
    {
        labelCount = 0;
        sampleCount = 0;
        exemplarCount = 0;
        var reader = new ProtobufReader(rest);
        bool isRead = true;
        while (isRead && !reader.IsAtEnd)
        {
            isRead = reader.TryReadTag(out uint tag);
            if (isRead && tag == LabelTag)
            {
                labelCount++;
                isRead = reader.TryReadBytes(out ReadOnlySpan<byte> label) && TryReadLabel(label, out _, out _);
                continue;
            }

            sampleCount += tag is SampleTag or HistogramTag ? 1 : 0;
            exemplarCount += tag == ExemplarTag ? 1 : 0;
            isRead = isRead && reader.TrySkip(tag);
        }

        return isRead;
    }

    // All label fields of a series, one after the other, as if it began with them.
    private ReadOnlySpan<byte> Gather(ReadOnlySpan<byte> first, ReadOnlySpan<byte> rest)
    {
        _gathered.ResetWrittenCount();
        _gathered.Write(first);
        var reader = new ProtobufReader(rest);
        while (!reader.IsAtEnd && reader.TryReadTag(out uint tag))
        {
            int start = reader.Position;
            reader.TrySkip(tag);
            if (tag == LabelTag)
            {
                _gathered.Write([LabelTag]);
                _gathered.Write(rest[start..reader.Position]);
            }
        }

        return _gathered.WrittenSpan;
    }

    // Reads the next label of a key, in which all labels are well formed.
    private static bool TryReadLabel(scoped ref ProtobufReader key, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = default;
        value = default;
        return !key.IsAtEnd && key.TryReadTag(out _) && key.TryReadBytes(out ReadOnlySpan<byte> label) && TryReadLabel(label, out name, out value);
    }

    private static bool TryReadLabel(ReadOnlySpan<byte> label, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = default;
        value = default;
        var reader = new ProtobufReader(label);
        bool isRead = true;
        while (isRead && !reader.IsAtEnd)
        {
            isRead = reader.TryReadTag(out uint tag) && tag switch
            {
                NameTag => reader.TryReadBytes(out name),
                ValueTag => reader.TryReadBytes(out value),
                _ => reader.TrySkip(tag),
            };
        }

        return isRead;
    }
}
