using Tsdb.Ingest.SeriesKeys;
using Tsdb.Model.Labels;
using Tsdb.Model.Placement;
using Tsdb.Model.Writing;

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>
/// Reads the message <c>io.prometheus.write.v2.Request</c> of remote write 2.0: first its symbols, which may lie anywhere in it, then its series.
/// Not thread-safe; reused from request to request.
/// </summary>
/// <remarks>
/// Request fields: 4 symbol, 5 series. The text of a series' labels, in the order they come in, is its key in the cache.
/// Start timestamps are passed over: the engine has no room for them yet. Source: https://prometheus.io/docs/specs/prw/remote_write_spec_2_0.
/// </remarks>
internal sealed class MessageV2Reader
{
    private const uint SymbolTag = (4 << 3) | 2;
    private const uint SeriesTag = (5 << 3) | 2;

    /// <summary>Follows a key while the cache is asked whether it is the next one.</summary>
    private const byte KeyStop = 0;

    /// <summary>
    /// A message of 32 MiB can refer to one long symbol so often that its labels come to terabytes; beyond this many bytes it is refused. An honest
    /// one of that size comes to a tenth.
    /// </summary>
    private const long MaxKeyBytes = 1L << 30;

    private readonly IAppender _appender;
    private readonly SampleSink _sink;
    private readonly SeriesHandleCache _cache;
    private readonly LabelCollector _labels;
    private readonly RemoteWriteOptions _options;
    private readonly SymbolTable _symbols = new();
    private readonly SeriesReferences _series;
    private readonly MetadataSpotter _metadata;
    private byte[] _key = new byte[512];
    private long _keyBytes;
    private SeriesHandleCursor _cursor;

    /// <summary>Creates a reader.</summary>
    /// <param name="appender">Finds and creates series.</param>
    /// <param name="sink">Takes what is read.</param>
    /// <param name="cache">Series known by the text of their labels.</param>
    /// <param name="labels">Checks the labels of new series.</param>
    /// <param name="options">Limits.</param>
    public MessageV2Reader(IAppender appender, SampleSink sink, SeriesHandleCache cache, LabelCollector labels, RemoteWriteOptions options)
    {
        _appender = appender;
        _sink = sink;
        _cache = cache;
        _labels = labels;
        _options = options;
        _series = new SeriesReferences(options.MaxLabels);
        _metadata = new MetadataSpotter(_symbols, _series, sink);
    }

    /// <summary>Reads a message into the sink; false when it is malformed.</summary>
    /// <param name="message">The message.</param>
    /// <param name="position">Where it was when it ended: after the field that is malformed, if one is.</param>
    /// <exception cref="MalformedMessageException">The message is larger, unfolded, than the limits allow.</exception>
    public bool TryRead(ReadOnlySpan<byte> message, out int position)
    {
        _cursor = default; // an idle reader must not keep a generation of the cache alive
        _keyBytes = 0;
        _metadata.Begin();
        bool isRead = TryReadSymbols(message, out position);
        var reader = new ProtobufReader(message);
        while (isRead && !reader.IsAtEnd)
        {
            isRead = reader.TryReadTag(out uint tag) && (tag == SeriesTag
                ? reader.TryReadBytes(out ReadOnlySpan<byte> series) && TryTakeSeries(message, series)
                : reader.TrySkip(tag));
            position = reader.Position;
        }

        _cursor = default;
        return isRead;
    }

    private bool TryReadSymbols(ReadOnlySpan<byte> message, out int position)
    {
        _symbols.Clear();
        var reader = new ProtobufReader(message);
        bool isRead = true;
        while (isRead && !reader.IsAtEnd)
        {
            isRead = reader.TryReadTag(out uint tag);
            if (isRead && tag == SymbolTag)
            {
                isRead = reader.TryReadBytes(out ReadOnlySpan<byte> symbol);
                if (_symbols.Count == _options.MaxSymbols)
                {
                    throw new MalformedMessageException(
                        $"The message has more symbols than the limit of {_options.MaxSymbols} (setting {nameof(_options.MaxSymbols)}).");
                }

                _symbols.Add(message, reader.Position - symbol.Length, symbol.Length);
                continue;
            }

            isRead = isRead && reader.TrySkip(tag);
        }

        position = reader.Position;
        return isRead;
    }

    private bool TryTakeSeries(ReadOnlySpan<byte> message, ReadOnlySpan<byte> series)
    {
        if (!_series.TryRead(series))
        {
            return false;
        }

        _sink.Tally.ExemplarsDropped += _series.ExemplarCount;
        SeriesFault fault = CheckReferences();
        SeriesHandle handle = default;
        if (fault == SeriesFault.None && !IsKnown(message, out handle))
        {
            fault = Resolve(message, out handle);
        }

        if (fault != SeriesFault.None)
        {
            Refuse(message, fault, _series.SampleCount + _series.HistogramCount);
            return true;
        }

        _metadata.Take(message);
        bool isTaken = TryTakeSamples(message, series, handle);
        _sink.AppendIfLarge();
        return isTaken;
    }

    private SeriesFault CheckReferences()
    {
        if (_series.IsCut)
        {
            return SeriesFault.TooManyLabels;
        }

        if (_series.Count % 2 != 0)
        {
            return SeriesFault.OddReferences;
        }

        foreach (uint reference in _series.References)
        {
            if (reference >= (uint)_symbols.Count)
            {
                return SeriesFault.UnknownSymbol;
            }

            if (!_symbols.IsValid(reference))
            {
                return SeriesFault.InvalidUtf8;
            }
        }

        return _series.SampleCount + _series.HistogramCount == 0 ? SeriesFault.NoSamples : SeriesFault.None;
    }

    private bool IsKnown(ReadOnlySpan<byte> message, out SeriesHandle handle)
    {
        int length = 0;
        foreach (uint reference in _series.References)
        {
            ReadOnlySpan<byte> symbol = _symbols.TextOf(message, reference);
            if (_key.Length < length + symbol.Length + 2)
            {
                Array.Resize(ref _key, Math.Max(_key.Length * 2, length + symbol.Length + 2));
            }

            symbol.CopyTo(_key.AsSpan(length));
            length += symbol.Length;
            _key[length++] = CanonicalLabels.Terminator; // in no valid symbol, so different labels have different keys
        }

        _keyBytes += length;
        if (_keyBytes > MaxKeyBytes)
        {
            throw new MalformedMessageException($"The labels of the message's series come to more than {MaxKeyBytes} bytes.");
        }

        _key[length] = KeyStop;
        bool isNext = _cache.TryFindNext(_key.AsSpan(0, length + 1), KeyStop, ref _cursor, out int found, out handle) && found == length;
        return isNext || _cache.TryFind(KeyOf(length), ref _cursor, out handle);
    }

    private SeriesFault Resolve(ReadOnlySpan<byte> message, out SeriesHandle handle)
    {
        handle = default;
        _labels.Begin();
        ReadOnlySpan<uint> references = _series.References;
        int keyLength = references.Length;
        for (int i = 0; i < references.Length; i += 2)
        {
            ReadOnlySpan<byte> name = _symbols.TextOf(message, references[i]);
            ReadOnlySpan<byte> value = _symbols.TextOf(message, references[i + 1]);
            keyLength += name.Length + value.Length;
            SeriesFault fault = _labels.Add(name, value);
            if (fault != SeriesFault.None)
            {
                return fault;
            }
        }

        SeriesFault last = _labels.Finish(out ReadOnlySpan<byte> canonical);
        if (last == SeriesFault.None)
        {
            handle = _appender.Resolve(canonical);
            _cache.Add(KeyOf(keyLength), handle);
            _sink.Tally.SeriesLookups++;
        }

        return last;
    }

    private ReadOnlySpan<byte> KeyOf(int length) => _key.AsSpan(0, length);

    private bool TryTakeSamples(ReadOnlySpan<byte> message, ReadOnlySpan<byte> series, SeriesHandle handle)
    {
        var reader = new ProtobufReader(series);
        bool isRead = true;
        while (isRead && !reader.IsAtEnd)
        {
            isRead = reader.TryReadTag(out uint tag) && tag switch
            {
                SeriesReferences.SampleTag => reader.TryReadBytes(out ReadOnlySpan<byte> sample) && TryTakeSample(message, sample, handle),
                SeriesReferences.HistogramTag => reader.TryReadBytes(out ReadOnlySpan<byte> histogram) && TryTakeHistogram(message, histogram, handle),
                _ => reader.TrySkip(tag),
            };
        }

        return isRead;
    }

    private bool TryTakeSample(ReadOnlySpan<byte> message, ReadOnlySpan<byte> sample, SeriesHandle handle)
    {
        if (!SampleMessage.TryRead(sample, out long timestampMs, out double value))
        {
            return false;
        }

        SeriesFault fault = _sink.Add(handle, timestampMs, value);
        if (fault != SeriesFault.None)
        {
            Refuse(message, fault, 1);
        }

        return true;
    }

    private bool TryTakeHistogram(ReadOnlySpan<byte> message, ReadOnlySpan<byte> histogram, SeriesHandle handle)
    {
        bool isRead = _sink.TryAdd(handle, histogram, out SeriesFault fault);
        if (fault != SeriesFault.None)
        {
            Refuse(message, fault, 1);
        }

        return isRead;
    }

    private void Refuse(ReadOnlySpan<byte> message, SeriesFault fault, int samples)
    {
        if (_sink.Refuse(samples, out SeriesText text))
        {
            ReadOnlySpan<uint> references = _series.References;
            for (int i = 0; i + 1 < references.Length; i += 2)
            {
                text.Add(TextOf(message, references[i]), TextOf(message, references[i + 1]));
            }

            _sink.Describe(fault);
        }
    }

    private ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> message, uint reference) =>
        reference < (uint)_symbols.Count ? _symbols.TextOf(message, reference) : "?"u8;
}
