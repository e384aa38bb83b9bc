using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using Tsdb.Model.Errors;
using Tsdb.Model.Writing;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>Writes Influx line protocol to an engine. Safe for concurrent use; one instance serves all requests and shares what it learns.</summary>
/// <remarks>A bad line never blocks a good one: it is reported, and reading goes on after the first line feed that follows the start of its bad part.</remarks>
public sealed class LineProtocolWriter
{
    private const string Protocol = "line";
    private const int MaxIdleSessions = 64;

    private readonly IAppender _appender;
    private readonly LineProtocolOptions _options;
    private readonly IngestMetrics _metrics;
    private readonly SeriesKeyCache _cache;
    private readonly ConcurrentBag<LineSession> _idleSessions = [];

    /// <summary>Creates a writer.</summary>
    /// <param name="appender">The engine; its series handles are kept for as long as they are used.</param>
    /// <param name="options">Limits.</param>
    /// <param name="metrics">Counts what is written.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public LineProtocolWriter(IAppender appender, LineProtocolOptions options, IngestMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(appender);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(metrics);
        options.Validate();
        _appender = appender;
        _options = options;
        _metrics = metrics;
        _cache = new SeriesKeyCache(appender, options.SeriesCacheBytes);
        metrics.ObserveCache(Protocol, () => _cache.SizeBytes);
    }

    /// <summary>Reads the whole body, writes its good lines, and completes when they are as durable as the request asks.</summary>
    /// <param name="body">The decompressed body; read to its end, not completed.</param>
    /// <param name="request">Precision, time of receipt and so on.</param>
    /// <param name="cancellationToken">Stops reading or waiting; what was appended stays.</param>
    /// <returns>What was written and what was refused.</returns>
    /// <exception cref="RequestTooLargeException">The body is larger than the request allows. Lines before the limit may have been written.</exception>
    /// <exception cref="UnavailableException">The engine cannot take writes now. Some lines may have been written; writing all again is harmless.</exception>
    public async ValueTask<WriteReport> WriteAsync(PipeReader body, LineProtocolRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(request);
        LineSession session = Rent(request);
        try
        {
            bool isCompleted;
            do
            {
                ReadResult result = await body.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (result.IsCanceled)
                {
                    throw new OperationCanceledException("Reading the body was cancelled.");
                }

                try
                {
                    Feed(session, result.Buffer, request);
                }
                finally
                {
                    // Also when the request is refused: whoever owns the body reads on, so that the client gets to read the answer.
                    body.AdvanceTo(result.Buffer.End);
                }

                isCompleted = result.IsCompleted;
            }
            while (!isCompleted);

            session.Finish([]);
            await _appender.WaitAsync(session.Batch, request.Durability, cancellationToken).ConfigureAwait(false);
            return session.Report();
        }
        finally
        {
            Return(session);
        }
    }

    /// <summary>Writes the good lines of <paramref name="text"/>; they are visible to queries on return, and durable a little later.</summary>
    /// <param name="text">Whole lines; the last needs no line feed. Not held to the request's body limit: it is in memory already.</param>
    /// <param name="request">Precision, time of receipt and so on; its durability does not matter.</param>
    /// <exception cref="UnavailableException">The engine cannot take writes now. Some lines may have been written; writing all again is harmless.</exception>
    public WriteReport Write(ReadOnlySpan<byte> text, LineProtocolRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        LineSession session = Rent(request);
        try
        {
            session.Finish(text);
            return session.Report();
        }
        finally
        {
            Return(session);
        }
    }

    private static void Feed(LineSession session, in ReadOnlySequence<byte> buffer, LineProtocolRequest request)
    {
        foreach (ReadOnlyMemory<byte> segment in buffer)
        {
            if (session.Tally.BytesRead + segment.Length > request.MaxBodyBytes)
            {
                throw new RequestTooLargeException(request.MaxBodyBytes, request.MaxBodySetting);
            }

            session.Feed(segment.Span);
        }
    }

    private LineSession Rent(LineProtocolRequest request)
    {
        if (!_idleSessions.TryTake(out LineSession? session))
        {
            session = new LineSession(_appender, _options, _cache);
        }

        session.Begin(request);
        return session;
    }

    private void Return(LineSession session)
    {
        _metrics.Record(Protocol, session.Tally);
        if (_idleSessions.Count < MaxIdleSessions)
        {
            _idleSessions.Add(session);
        }
    }
}
