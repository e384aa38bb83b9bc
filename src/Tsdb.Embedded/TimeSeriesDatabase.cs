using System.IO.Pipelines;
using Tsdb.Ingest;
using Tsdb.Ingest.LineProtocol;
using Tsdb.Ingest.RemoteWrite;
using Tsdb.Model.Errors;
using Tsdb.Model.Histograms;
using Tsdb.Model.Labels;
using Tsdb.Model.Matching;
using Tsdb.Model.Metadata;
using Tsdb.Model.Reading;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Model.Writing;
using Tsdb.Query;
using Tsdb.Query.Results;
using Tsdb.Storage;

namespace Tsdb.Embedded;

/// <summary>
/// A time series database in this process: the server's engine, files and query language, without sockets. Open it with
/// <see cref="OpenAsync"/>, dispose it when done. Safe for concurrent use; no call may be under way when it is disposed.
/// </summary>
/// <remarks>
/// Two databases in one process share nothing. One folder is open in one database at a time. What a write acknowledged is visible to the next query,
/// and what an awaited write acknowledged under <see cref="Durability.Always"/> survives power loss.
/// </remarks>
public sealed class TimeSeriesDatabase : IAsyncDisposable
{
    /// <summary>The name of the database's meter and activity source; the storage engine's own meter is "Tsdb.Storage".</summary>
    public const string TelemetryName = "Tsdb";

    private readonly TimeSeriesDatabaseOptions _options;
    private readonly SemaphoreSlim _transition = new(1, 1); // held while opening and while closing; never disposed, as either may come late
    private readonly CancellationTokenSource _disposing = new(); // gives up an opening; without timer or handle it needs no disposing
    private readonly OpeningDatabase _opening;
    private OpenDatabase? _open; // set once by StartAsync, cleared by DisposeAsync, both under _transition
    private volatile bool _isDisposed;

    /// <summary>
    /// Creates a database that is not open yet, for hosts that want to answer queries while <see cref="StartAsync"/> is under way; others call
    /// <see cref="OpenAsync"/>.
    /// </summary>
    /// <param name="options">Settings, the folder among them.</param>
    public TimeSeriesDatabase(TimeSeriesDatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options with { };
        _opening = new OpeningDatabase(_options);
    }

    /// <summary>True between opening and disposing.</summary>
    public bool IsOpen => _open is not null;

    /// <summary>What can be seen while <see cref="StartAsync"/> is under way: how far it is, and the samples in blocks.</summary>
    public RecoveryView Opening => _opening.View;

    /// <summary>What the database holds now. Cheap enough to ask every second.</summary>
    public StorageStatistics Statistics => Open.Storage.Statistics;

    /// <summary>Where decoded samples are written, for wire formats of one's own. Its handles are of this database only.</summary>
    public IAppender Appender => Open.Storage.Appender;

    /// <summary>What senders say of their metrics: type, help text and unit of each family.</summary>
    public IMetadataStore Metadata => Open.Storage.Metadata;

    /// <summary>Where series are read, for readers that walk over columns themselves. While the database is being opened, that of <see cref="Opening"/>.</summary>
    public ISeriesSource SeriesSource => _open is null && !_isDisposed ? _opening.View.Series : Open.Storage.Series;

    private OpenDatabase Open
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _open ?? throw new InvalidOperationException("The database is not open yet: the host opens it when it starts.");
        }
    }

    /// <summary>Opens a data folder, creating it if there is none, and replays what its log holds.</summary>
    /// <param name="dataDirectory">The folder.</param>
    /// <param name="options">Settings; null for the defaults. Its folder is replaced by <paramref name="dataDirectory"/>.</param>
    /// <param name="cancellationToken">Gives up opening. No sample is lost; what recovery did so far stays, such as torn ends cut off the log.</param>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it.</exception>
    /// <exception cref="DataFolderException">Another process has the folder open, or it is of a newer version.</exception>
    /// <exception cref="CorruptionException">The folder is damaged.</exception>
    public static async Task<TimeSeriesDatabase> OpenAsync(
        string dataDirectory, TimeSeriesDatabaseOptions? options = null, CancellationToken cancellationToken = default)
    {
        var database = new TimeSeriesDatabase((options ?? new TimeSeriesDatabaseOptions()) with { DataDirectory = dataDirectory });
        await database.StartAsync(cancellationToken).ConfigureAwait(false);
        return database;
    }

    /// <summary>
    /// Writes one sample; it is visible on return, and handed to the operating system within the sync interval. Call <see cref="SyncAsync"/> to make it
    /// durable.
    /// </summary>
    /// <param name="labels">The series.</param>
    /// <param name="timestampNs">Nanoseconds since the Unix epoch.</param>
    /// <param name="value">Any double; its bits are kept.</param>
    /// <exception cref="LimitExceededException">The series has too many or too long labels, or the sample is older than retention keeps.</exception>
    /// <exception cref="ArgumentException">The series has no labels.</exception>
    /// <exception cref="UnavailableException">The database cannot take writes now.</exception>
    public void Write(LabelSet labels, long timestampNs, double value)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Open.Samples.Write(labels, new Sample(timestampNs, value));
    }

    /// <summary>Writes one sample; see the other overload.</summary>
    /// <exception cref="OverflowException">The time lies outside the range of 64 bits of nanoseconds.</exception>
    public void Write(LabelSet labels, DateTimeOffset timestamp, double value) => Write(labels, Timestamps.FromDateTimeOffset(timestamp), value);

    /// <summary>
    /// Writes one native histogram; as <see cref="Write(LabelSet, long, double)"/> otherwise. Histograms are stored losslessly and read with
    /// <see cref="SelectAsync"/>; PromQL does not see them yet.
    /// </summary>
    /// <param name="labels">The series. It may have floats, too, at other times; at the same time the histogram is the one that counts.</param>
    /// <param name="timestampNs">Nanoseconds since the Unix epoch.</param>
    /// <param name="histogram">The histogram, kept bit for bit.</param>
    /// <exception cref="LimitExceededException">The series has too many or too long labels, or the sample is older than retention keeps.</exception>
    /// <exception cref="ArgumentException">The series has no labels, or the histogram's counts do not fit its spans.</exception>
    /// <exception cref="UnavailableException">The database cannot take writes now.</exception>
    public void Write(LabelSet labels, long timestampNs, NativeHistogram histogram)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(histogram);
        Open.Samples.Write(labels, timestampNs, histogram);
    }

    /// <summary>Writes one native histogram; see the other overload.</summary>
    /// <exception cref="OverflowException">The time lies outside the range of 64 bits of nanoseconds.</exception>
    public void Write(LabelSet labels, DateTimeOffset timestamp, NativeHistogram histogram) =>
        Write(labels, Timestamps.FromDateTimeOffset(timestamp), histogram);

    /// <summary>
    /// Writes a batch; it is visible on return, and handed to the operating system within the sync interval. Call <see cref="SyncAsync"/> to make it
    /// durable.
    /// </summary>
    /// <exception cref="LimitExceededException">
    /// A series has too many or too long labels, or a sample is older than retention keeps; nothing was written.
    /// </exception>
    /// <exception cref="ArgumentException">A series has no labels; nothing was written.</exception>
    /// <exception cref="UnavailableException">The database cannot take writes now. Part may be written; writing all again is harmless.</exception>
    public void Write(SampleBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Open.Samples.Write(batch);
    }

    /// <summary>Writes a batch and completes when it is as durable as asked.</summary>
    /// <param name="batch">The samples; unchanged, the caller clears it to use it again.</param>
    /// <param name="durability">When the write counts as done; null for the options' value.</param>
    /// <param name="cancellationToken">Stops waiting; what was appended stays.</param>
    /// <exception cref="LimitExceededException">
    /// A series has too many or too long labels, or a sample is older than retention keeps; nothing was written.
    /// </exception>
    /// <exception cref="ArgumentException">A series has no labels; nothing was written.</exception>
    /// <exception cref="UnavailableException">The database cannot take writes now. Part may be written; writing all again is harmless.</exception>
    public ValueTask WriteAsync(SampleBatch batch, Durability? durability = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Open.Samples.WriteAsync(batch, durability ?? _options.Durability, cancellationToken);
    }

    /// <summary>
    /// Writes the good lines of line protocol text; they are visible on return, and handed to the operating system within the sync interval. Call
    /// <see cref="SyncAsync"/> to make them durable.
    /// </summary>
    /// <param name="text">Whole lines, UTF-8; lines without a timestamp get the time of the call.</param>
    /// <param name="precision">The unit of the timestamps.</param>
    /// <returns>What was written, and which lines were refused and why.</returns>
    /// <exception cref="UnavailableException">The database cannot take writes now. Part may be written; writing all again is harmless.</exception>
    public WriteReport WriteLineProtocol(ReadOnlySpan<byte> text, LineProtocolPrecision precision = LineProtocolPrecision.Nanoseconds) =>
        Open.LineProtocol.Write(text, Request(precision, _options.Durability));

    /// <summary>Reads line protocol from a stream to its end, writes its good lines, and completes when they are as durable as the options say.</summary>
    /// <param name="stream">The text, UTF-8; not disposed.</param>
    /// <param name="precision">The unit of the timestamps.</param>
    /// <param name="cancellationToken">Stops reading or waiting; what was appended stays.</param>
    /// <returns>What was written, and which lines were refused and why.</returns>
    /// <exception cref="UnavailableException">The database cannot take writes now. Part may be written; writing all again is harmless.</exception>
    public async ValueTask<WriteReport> WriteLineProtocolAsync(
        Stream stream, LineProtocolPrecision precision = LineProtocolPrecision.Nanoseconds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        PipeReader body = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 128 << 10, leaveOpen: true));
        LineProtocolRequest request = Request(precision, _options.Durability) with { MaxBodyBytes = long.MaxValue };
        WriteReport report = await Open.LineProtocol.WriteAsync(body, request, cancellationToken).ConfigureAwait(false);
        await body.CompleteAsync().ConfigureAwait(false);
        return report;
    }

    /// <summary>Reads line protocol from a pipe to its end, with everything about the request said; see the other overload.</summary>
    /// <param name="body">The text; read to its end, not completed.</param>
    /// <param name="request">Precision, durability, limits.</param>
    /// <param name="cancellationToken">Stops reading or waiting; what was appended stays.</param>
    /// <exception cref="RequestTooLargeException">The body is larger than the request allows. Lines before the limit may have been written.</exception>
    /// <exception cref="UnavailableException">The database cannot take writes now. Part may be written; writing all again is harmless.</exception>
    public ValueTask<WriteReport> WriteLineProtocolAsync(PipeReader body, LineProtocolRequest request, CancellationToken cancellationToken = default) =>
        Open.LineProtocol.WriteAsync(body, request, cancellationToken);

    /// <summary>Writes the good series of a Prometheus remote-write message and completes when they are as durable as the request asks.</summary>
    /// <param name="message">The message, decompressed; borrowed until this completes.</param>
    /// <param name="request">Version and durability.</param>
    /// <param name="cancellationToken">Stops waiting; what was appended stays.</param>
    /// <returns>What was written, and which series were refused and why.</returns>
    /// <exception cref="MalformedMessageException">It is no message of that version. Nothing was written, unless it says so.</exception>
    /// <exception cref="UnavailableException">The database cannot take writes now. Part may be written; writing all again is harmless.</exception>
    public ValueTask<RemoteWriteReport> WriteRemoteWriteAsync(
        ReadOnlyMemory<byte> message, RemoteWriteRequest request, CancellationToken cancellationToken = default) =>
        Open.RemoteWrite.WriteAsync(message, request, cancellationToken);

    /// <summary>Completes when every earlier write is on disk.</summary>
    /// <exception cref="UnavailableException">The log could not be written or synced.</exception>
    public ValueTask SyncAsync(CancellationToken cancellationToken = default) => Open.Storage.SyncAsync(cancellationToken);

    /// <summary>Flushes what is in memory to blocks; completes when all of it is there. Blocks are not merged.</summary>
    /// <exception cref="UnavailableException">A flush failed; nothing is lost and it will be tried again.</exception>
    public Task CompactAsync(CancellationToken cancellationToken = default) => Open.Storage.CompactAsync(cancellationToken);

    /// <summary>Evaluates a PromQL expression at one time, on a thread of the pool.</summary>
    /// <param name="query">The expression.</param>
    /// <param name="at">The time; cut to milliseconds.</param>
    /// <param name="parameters">Lookback and limits of this query; null for the options' values.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <exception cref="Query.Syntax.QuerySyntaxException">The expression is wrong; the message says where.</exception>
    /// <exception cref="Query.Errors.QueryExecutionException">The expression cannot be evaluated over this data.</exception>
    /// <exception cref="LimitExceededException">The query needs more than its limits allow.</exception>
    public Task<QueryResult> QueryAsync(
        string query, DateTimeOffset at, QueryParameters? parameters = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Query(query, at.ToUnixTimeMilliseconds(), parameters, cancellationToken), cancellationToken);

    /// <summary>Evaluates a PromQL expression at each step of a range, on a thread of the pool.</summary>
    /// <param name="query">The expression.</param>
    /// <param name="start">The first step; cut to milliseconds.</param>
    /// <param name="end">The last step lies at or before it.</param>
    /// <param name="step">Between steps; at least 1 ms.</param>
    /// <param name="parameters">Lookback and limits of this query; null for the options' values.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <exception cref="Query.Syntax.QuerySyntaxException">The expression is wrong; the message says where.</exception>
    /// <exception cref="Query.Errors.QueryExecutionException">The expression cannot be evaluated over this data.</exception>
    /// <exception cref="LimitExceededException">The query needs more than its limits allow.</exception>
    public Task<QueryResult> QueryRangeAsync(
        string query,
        DateTimeOffset start,
        DateTimeOffset end,
        TimeSpan step,
        QueryParameters? parameters = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.FromMilliseconds(1));
        return Task.Run(
            () => QueryRange(
                query, start.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds(), (long)step.TotalMilliseconds, parameters, cancellationToken),
            cancellationToken);
    }

    /// <summary>Evaluates a PromQL expression at one time, on this thread. The exceptions are those of <see cref="QueryAsync"/>.</summary>
    /// <param name="query">The expression.</param>
    /// <param name="timestampMs">The time in milliseconds since the Unix epoch.</param>
    /// <param name="parameters">Lookback and limits of this query; null for the options' values.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    public QueryResult Query(string query, long timestampMs, QueryParameters? parameters = null, CancellationToken cancellationToken = default)
    {
        if (_open is null && !_isDisposed)
        {
            return _opening.Queries.Instant(query, timestampMs, parameters, cancellationToken);
        }

        OpenDatabase open = Open;
        return open.Telemetry.Measure("query", query, () => open.Queries.Instant(query, timestampMs, parameters, cancellationToken));
    }

    /// <summary>Evaluates a PromQL expression at each step of a range, on this thread. The exceptions are those of <see cref="QueryRangeAsync"/>.</summary>
    /// <param name="query">The expression.</param>
    /// <param name="startMs">The first step, in milliseconds since the Unix epoch.</param>
    /// <param name="endMs">The last step lies at or before it.</param>
    /// <param name="stepMs">Milliseconds between steps; at least 1.</param>
    /// <param name="parameters">Lookback and limits of this query; null for the options' values.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    public QueryResult QueryRange(
        string query, long startMs, long endMs, long stepMs, QueryParameters? parameters = null, CancellationToken cancellationToken = default)
    {
        if (_open is null && !_isDisposed)
        {
            return _opening.Queries.Range(query, startMs, endMs, stepMs, parameters, cancellationToken);
        }

        OpenDatabase open = Open;
        return open.Telemetry.Measure(
            "query_range", query, () => open.Queries.Range(query, startMs, endMs, stepMs, parameters, cancellationToken));
    }

    /// <summary>
    /// Reads the raw samples, floats and histograms, of every matching series. Of samples written meanwhile, each series holds a prefix of those written to it, in the order they
    /// were written; different series may be caught at different moments.
    /// </summary>
    /// <param name="matchers">All must match; none selects every series.</param>
    /// <param name="start">The first instant wanted.</param>
    /// <param name="end">The last instant wanted.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The series with samples in the range, in no particular order. Stop enumerating, or finish, to let go of what is read.</returns>
    public IAsyncEnumerable<Series> SelectAsync(
        IReadOnlyList<LabelMatcher> matchers, DateTimeOffset start, DateTimeOffset end, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(matchers);
        var range = new TimeRange(Saturated(start), Saturated(end));
        return Open.Reader.SelectAsync(new SeriesSelection(matchers, range), cancellationToken);
    }

    /// <summary>
    /// Closes the database: its log is synced and its folder let go. One that is still being opened is given up, and its folder let go, too. Does nothing
    /// the second time.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await _disposing.CancelAsync().ConfigureAwait(false);
        await _transition.WaitAsync().ConfigureAwait(false);
        try
        {
            if (Interlocked.Exchange(ref _open, null) is { } open)
            {
                await open.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _transition.Release();
        }
    }

    /// <summary>
    /// Opens the database, once. Until that is done queries are answered as <see cref="Opening"/> says, and writes fail with an
    /// <see cref="InvalidOperationException"/>.
    /// </summary>
    /// <param name="cancellationToken">Gives up, as for <see cref="OpenAsync"/>, whose exceptions it throws.</param>
    /// <exception cref="ObjectDisposedException">It was disposed before or meanwhile.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _transition.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            using var opening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
            _open = await OpenDatabase.OpenAsync(_options, _opening.View, opening.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_isDisposed && !cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException(GetType().FullName);
        }
        finally
        {
            _transition.Release();
        }
    }

    private LineProtocolRequest Request(LineProtocolPrecision precision, Durability durability) => new()
    {
        ReceivedNs = Timestamps.FromDateTimeOffset(_options.TimeProvider.GetUtcNow()),
        Precision = precision,
        Durability = durability,
    };

    // DateTimeOffset.MinValue and MaxValue are the natural way to say "everything"; samples cannot lie that far out.
    private static long Saturated(DateTimeOffset time) => time.Year switch
    {
        < 1678 => long.MinValue,
        > 2261 => long.MaxValue,
        _ => Timestamps.FromDateTimeOffset(time),
    };
}
