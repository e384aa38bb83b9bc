using Tsdb.Ingest.SeriesKeys;
using Tsdb.Model.Histograms;
using Tsdb.Model.Metadata;
using Tsdb.Model.Placement;
using Tsdb.Model.Writing;

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>
/// Takes the samples, metadata and refusals of one request, whichever version it speaks, and hands samples to the engine. Not thread-safe.
/// </summary>
/// <param name="appender">The engine.</param>
/// <param name="metadata">Takes metadata.</param>
/// <param name="options">Limits.</param>
/// <param name="caches">Follow the engine before each batch, so that no handle is kept too long.</param>
internal sealed class SampleSink(IAppender appender, IMetadataStore metadata, RemoteWriteOptions options, params SeriesHandleCache[] caches)
{
    private const long NsPerMs = 1_000_000;
    private const long LatestMs = long.MaxValue / NsPerMs;
    private const long EarliestMs = long.MinValue / NsPerMs;

    private readonly SeriesText _text = new();
    private List<RemoteWriteError> _errors = [];
    private readonly HistogramMessage _histogram = new();
    private long _oldestMs;
    private int _histogramCount; // of the samples in the batch
    private long _refusedSeries;
    private IngestTally _tally;

    /// <summary>The samples read and not appended yet, and what was appended has to wait for.</summary>
    public WriteBatch Batch { get; } = new(appender.ShardCount);

    /// <summary>The request's counts so far.</summary>
    public ref IngestTally Tally => ref _tally;

    /// <summary>Whether the request brought metadata.</summary>
    public bool HasMetadata { get; private set; }

    /// <summary>Begins a request, forgetting whatever an earlier one left.</summary>
    public void Begin()
    {
        // The first millisecond not before the oldest instant; rounding up keeps a sample within retention only if all of it is.
        long oldestNs = appender.OldestAcceptedTimestampNs;
        _oldestMs = Math.Max(EarliestMs, (oldestNs / NsPerMs) + (oldestNs % NsPerMs > 0 ? 1 : 0));
        _refusedSeries = 0;
        _histogramCount = 0;
        _tally = default;
        _errors.Clear();
        HasMetadata = false;
        Batch.Reset();
        FollowEngine();
    }

    /// <summary>Adds a float sample.</summary>
    public SeriesFault Add(SeriesHandle series, long timestampMs, double value)
    {
        SeriesFault fault = CheckTime(timestampMs);
        if (fault == SeriesFault.None)
        {
            Batch.Add(series, timestampMs * NsPerMs, value);
        }

        return fault;
    }

    /// <summary>Reads a histogram and adds it; false when the message is malformed.</summary>
    public bool TryAdd(SeriesHandle series, ReadOnlySpan<byte> message, out SeriesFault fault)
    {
        fault = SeriesFault.None;
        if (!_histogram.TryRead(message))
        {
            return false;
        }

        fault = CheckTime(_histogram.TimestampMs);
        if (fault != SeriesFault.None)
        {
            return true;
        }

        fault = _histogram.Build(out NativeHistogram? histogram);
        if (histogram is not null)
        {
            Batch.AddHistogram(series, _histogram.TimestampMs * NsPerMs, histogram);
            _histogramCount++;
        }

        return true;
    }

    /// <summary>Remembers what the request says of a metric family.</summary>
    public void SetMetadata(ReadOnlySpan<byte> family, ulong type, ReadOnlySpan<byte> help, ReadOnlySpan<byte> unit)
    {
        metadata.Set(family, type <= (ulong)MetricType.StateSet ? (MetricType)type : MetricType.Unknown, help, unit);
        HasMetadata = true;
    }

    /// <summary>
    /// Counts a refused series, or one of which samples are refused. True when it is to be described: add its labels to the text, then call
    /// <see cref="Describe"/>.
    /// </summary>
    /// <param name="samples">Samples and histograms refused.</param>
    /// <param name="text">Takes the labels.</param>
    public bool Refuse(int samples, out SeriesText text)
    {
        _refusedSeries++;
        _tally.SamplesRefused += samples;
        text = _text;
        return _errors.Count < options.MaxReportedErrors;
    }

    /// <summary>Describes the series counted last, whose labels were added to the text.</summary>
    public void Describe(SeriesFault fault) => _errors.Add(new RemoteWriteError(_text.Take(), SeriesFaultText.Reason(fault, options)));

    /// <summary>Hands the samples to the engine when they have become many.</summary>
    public void AppendIfLarge()
    {
        if (Batch.Count >= options.SamplesPerAppend)
        {
            Append();
        }
    }

    /// <summary>Hands the samples to the engine.</summary>
    public void Append()
    {
        int count = Batch.Count;
        if (count > 0)
        {
            appender.Append(Batch);
            _tally.SamplesWritten += count - _histogramCount;
            _tally.HistogramsWritten += _histogramCount;
            _histogramCount = 0;
            FollowEngine();
        }
    }

    /// <summary>Sums the request up.</summary>
    public RemoteWriteReport Report()
    {
        IReadOnlyList<RemoteWriteError> errors = [];
        if (_errors.Count > 0)
        {
            errors = _errors;
            _errors = [];
        }

        return new RemoteWriteReport
        {
            WrittenSamples = _tally.SamplesWritten,
            WrittenHistograms = _tally.HistogramsWritten,
            RefusedSamples = _tally.SamplesRefused,
            RefusedSeries = _refusedSeries,
            DroppedExemplars = _tally.ExemplarsDropped,
            Errors = errors,
        };
    }

    private SeriesFault CheckTime(long timestampMs)
    {
        if (timestampMs >= _oldestMs && timestampMs <= LatestMs)
        {
            return SeriesFault.None;
        }

        return timestampMs is < EarliestMs or > LatestMs ? SeriesFault.TimestampOutOfRange : SeriesFault.BeyondRetention;
    }

    private void FollowEngine()
    {
        foreach (SeriesHandleCache cache in caches)
        {
            cache.Follow();
        }
    }
}
