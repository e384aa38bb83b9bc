using Tsdb.Model.Time;
using Tsdb.Model.Writing;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>
/// The state of one request that writes line protocol: takes its text piece by piece, and turns lines into samples and errors. Not thread-safe;
/// <see cref="LineProtocolWriter"/> rents it to one request at a time.
/// </summary>
internal sealed class LineSession
{
    private const long NoScale = 1;

    private readonly IAppender _appender;
    private readonly LineProtocolOptions _options;
    private readonly SeriesKeyCache _cache;
    private readonly LineReader _reader;
    private readonly FieldResolver _resolver;
    private readonly ErrorList _errors;
    private readonly LineCarry _carry;

    private long _nsPerUnit = NoScale;
    private long _defaultTimestampNs;
    private long _oldestNs;
    private long _line;         // number of the line to read next, 1-based
    private bool _isDiscarding; // in a line beyond the limit: nothing counts before the next line feed
    private IngestTally _tally;

    public LineSession(IAppender appender, LineProtocolOptions options, SeriesKeyCache cache)
    {
        _appender = appender;
        _options = options;
        _cache = cache;
        var prefixTokens = new PrefixTokens(options.MaxLabels - 1);
        _reader = new LineReader(cache, prefixTokens);
        _resolver = new FieldResolver(_reader, prefixTokens, new SeriesMapper(appender, options, prefixTokens), cache);
        _errors = new ErrorList(options);
        _carry = new LineCarry(options.MaxLineBytes + 1); // one byte more than a line may have shows that it is too long
        Batch = new WriteBatch(appender.ShardCount);
    }

    /// <summary>The samples read and not appended yet, and what was appended has to wait for.</summary>
    public WriteBatch Batch { get; }

    /// <summary>The request's counts so far.</summary>
    public ref readonly IngestTally Tally => ref _tally;

    /// <summary>Begins a request, forgetting whatever an earlier one left.</summary>
    public void Begin(LineProtocolRequest request)
    {
        _nsPerUnit = LineProtocolPrecisions.NsPerUnit(request.Precision);
        _defaultTimestampNs = FloorTo(request.ReceivedNs, _nsPerUnit);
        _oldestNs = Math.Max(_appender.OldestAcceptedTimestampNs, Timestamps.EarliestNs);
        _cache.Follow();
        _reader.Scope = CacheScope.Of(request.DatabaseLabel);
        _line = 1;
        _isDiscarding = false;
        _tally = default;
        _carry.Clear();
        _errors.Take();
        Batch.Reset();
    }

    /// <summary>Takes the next piece of the body; a line that goes on in the next piece is kept until then.</summary>
    public void Feed(ReadOnlySpan<byte> piece)
    {
        _tally.BytesRead += piece.Length;
        while (_carry.Count > 0 && !piece.IsEmpty)
        {
            piece = piece[_carry.Fill(piece)..];
            _carry.RemoveFirst(ReadLines(_carry.Text, isFinal: false));
        }

        if (!piece.IsEmpty)
        {
            int read = ReadLines(piece, isFinal: false);
            _carry.Start(piece[read..]);
        }
    }

    /// <summary>Takes the last piece of the body and appends everything that is not appended yet.</summary>
    public void Finish(ReadOnlySpan<byte> piece)
    {
        if (_carry.Count > 0)
        {
            Feed(piece);
            ReadLines(_carry.Text, isFinal: true);
        }
        else
        {
            _tally.BytesRead += piece.Length;
            ReadLines(piece, isFinal: true);
        }

        Append();
    }

    /// <summary>Sums the request up.</summary>
    public WriteReport Report() => new()
    {
        WrittenSamples = _tally.SamplesWritten,
        WrittenLines = _tally.LinesAccepted,
        RefusedLines = _tally.LinesRefused,
        SkippedStringFields = _tally.StringsSkipped,
        RoundedIntegers = _tally.IntegersRounded,
        Errors = _errors.Take(),
    };

    // Reads whole lines; returns how many bytes they are.
    private int ReadLines(ReadOnlySpan<byte> text, bool isFinal)
    {
        int at = 0;
        while (at < text.Length)
        {
            if (_isDiscarding)
            {
                int length = text[at..].IndexOf((byte)'\n');
                if (length < 0)
                {
                    return text.Length;
                }

                _isDiscarding = false;
                _line++;
                at += length + 1;
                continue;
            }

            // No line is scanned beyond the limit, however large the piece; one that does not end before it is too long.
            ReadOnlySpan<byte> rest = text[at..];
            bool isCut = rest.Length > _options.MaxLineBytes;
            ReadOnlySpan<byte> window = isCut ? rest[.._options.MaxLineBytes] : rest;
            LineStatus status = _reader.Read(window, isFinal && !isCut);
            if (status == LineStatus.Incomplete)
            {
                if (!isCut)
                {
                    return at;
                }

                at += RefuseTooLong(window);
                continue;
            }

            ReadOnlySpan<byte> line = window[.._reader.Consumed];
            at += line.Length;
            Take(status, window, line);
        }

        return text.Length;
    }

    private void Take(LineStatus status, ReadOnlySpan<byte> window, ReadOnlySpan<byte> line)
    {
        if (status == LineStatus.Point)
        {
            LineFault fault = TakePoint(window, out int faultAt);
            if (fault != LineFault.None)
            {
                Refuse(fault, window, faultAt);
            }
        }
        else if (status == LineStatus.Refused)
        {
            Refuse(_reader.Fault, window, _reader.FaultAt);
        }

        // Only a string can hold a line feed, and a refused line is skipped up to the first one after its fault.
        _line += status == LineStatus.Point && _reader.StringCount == 0 ? 1 : line.Count((byte)'\n');
    }

    private LineFault TakePoint(ReadOnlySpan<byte> text, out int faultAt)
    {
        faultAt = _reader.TimestampAt;
        long timestampNs = _defaultTimestampNs;
        if (_reader.HasTimestamp)
        {
            timestampNs = _reader.Timestamp;
            if (_nsPerUnit != NoScale && !TryScale(ref timestampNs))
            {
                return LineFault.TimestampOutOfRange;
            }
        }

        if (timestampNs < _oldestNs || timestampNs > Timestamps.LatestNs)
        {
            return timestampNs is < Timestamps.EarliestNs or > Timestamps.LatestNs ? LineFault.TimestampOutOfRange : LineFault.BeyondRetention;
        }

        if (!_reader.IsResolved || _reader.GroupId == 0)
        {
            LineFault fault = _resolver.Resolve(text, ref _tally, out faultAt);
            if (fault != LineFault.None)
            {
                return fault;
            }
        }

        AddSamples(timestampNs);
        return LineFault.None;
    }

    private void AddSamples(long timestampNs)
    {
        Batch.Add(_reader.SampleSeries, timestampNs, _reader.SampleValues);
        _tally.IntegersRounded += _reader.RoundedCount;
        _tally.LinesAccepted++;
        _tally.StringsSkipped += _reader.StringCount;
        if (Batch.Count >= _options.SamplesPerAppend)
        {
            Append();
        }
    }

    private void Append()
    {
        int count = Batch.Count;
        if (count > 0)
        {
            _appender.Append(Batch);
            _tally.SamplesWritten += count;
            _cache.Follow();
        }
    }

    private int RefuseTooLong(ReadOnlySpan<byte> window)
    {
        Refuse(LineFault.LineTooLong, window, 0);
        int resumption = _reader.FindResumption(window);
        int skipped = resumption < 0 ? window.Length : resumption;
        _isDiscarding = resumption < 0;
        _line += window[..skipped].Count((byte)'\n');
        return skipped;
    }

    private void Refuse(LineFault fault, ReadOnlySpan<byte> text, int at)
    {
        _tally.LinesRefused++;
        _errors.Add(fault, text, at, _line);
    }

    private bool TryScale(ref long timestamp)
    {
        long high = Math.BigMul(timestamp, _nsPerUnit, out long low);
        timestamp = low;
        return high == low >> 63;
    }

    private static long FloorTo(long timestampNs, long unitNs)
    {
        long remainder = timestampNs % unitNs;
        return timestampNs - (remainder < 0 ? remainder + unitNs : remainder);
    }
}
