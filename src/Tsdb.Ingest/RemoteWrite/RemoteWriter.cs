using System.Collections.Concurrent;
using Tsdb.Ingest.SeriesKeys;
using Tsdb.Model.Errors;
using Tsdb.Model.Metadata;
using Tsdb.Model.Writing;

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>
/// Writes the messages of Prometheus remote write, 1.0 and 2.0, to an engine. Safe for concurrent use; one instance serves all requests and shares what
/// it learns.
/// </summary>
/// <remarks>A bad series never blocks a good one: it is reported, and reading goes on with the next.</remarks>
public sealed class RemoteWriter
{
    private const string Protocol = "remote_write";
    private const int MaxIdleSessions = 64;

    private readonly IAppender _appender;
    private readonly IMetadataStore _metadata;
    private readonly RemoteWriteOptions _options;
    private readonly IngestMetrics _metrics;
    private readonly SeriesHandleCache _v1Cache;
    private readonly SeriesHandleCache _v2Cache;
    private readonly ConcurrentBag<RemoteWriteSession> _idleSessions = [];

    /// <summary>Creates a writer.</summary>
    /// <param name="appender">The engine; its series handles are kept for as long as they are used.</param>
    /// <param name="metadata">Where metadata goes.</param>
    /// <param name="options">Limits.</param>
    /// <param name="metrics">Counts what is written.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public RemoteWriter(IAppender appender, IMetadataStore metadata, RemoteWriteOptions options, IngestMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(appender);
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(metrics);
        options.Validate();
        _appender = appender;
        _metadata = metadata;
        _options = options;
        _metrics = metrics;
        _v1Cache = new SeriesHandleCache(appender, options.SeriesCacheBytes);
        _v2Cache = new SeriesHandleCache(appender, options.SeriesCacheBytes);
        metrics.ObserveCache(Protocol, () => _v1Cache.SizeBytes + _v2Cache.SizeBytes);
    }

    /// <summary>Writes the good series of a message and completes when they, and its metadata, are as durable as the request asks.</summary>
    /// <param name="message">The message, decompressed; borrowed until this completes.</param>
    /// <param name="request">Version and durability.</param>
    /// <param name="cancellationToken">Stops waiting; what was appended stays.</param>
    /// <returns>What was written and what was refused.</returns>
    /// <exception cref="MalformedMessageException">It is no message of that version. Nothing was written, unless it says so.</exception>
    /// <exception cref="UnavailableException">The engine cannot take writes now. Part may have been written; writing all again is harmless.</exception>
    public async ValueTask<RemoteWriteReport> WriteAsync(
        ReadOnlyMemory<byte> message, RemoteWriteRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!_idleSessions.TryTake(out RemoteWriteSession? session))
        {
            session = new RemoteWriteSession(_appender, _metadata, _options, _v1Cache, _v2Cache);
        }

        try
        {
            session.Write(message.Span, request.Version);
            if (session.Sink.HasMetadata)
            {
                await _metadata.SaveAsync(cancellationToken).ConfigureAwait(false);
            }

            await _appender.WaitAsync(session.Sink.Batch, request.Durability, cancellationToken).ConfigureAwait(false);
            return session.Sink.Report();
        }
        finally
        {
            _metrics.Record(Protocol, session.Sink.Tally);
            if (_idleSessions.Count < MaxIdleSessions)
            {
                _idleSessions.Add(session);
            }
        }
    }
}
