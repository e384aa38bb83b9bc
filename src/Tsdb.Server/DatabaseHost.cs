using Tsdb.Embedded;
using Tsdb.Model.Errors;
using Tsdb.Server.Configuration;

namespace Tsdb.Server;

/// <summary>
/// Opens the database in the background, while the server listens already, and closes it after the last request was answered. Safe for concurrent use.
/// </summary>
internal sealed partial class DatabaseHost(
    ServerOptions options, TimeProvider time, ILoggerFactory logging, IHostApplicationLifetime lifetime, ILogger<DatabaseHost> logger) : BackgroundService
{
    private static readonly TimeSpan RetryWhileOpening = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TimeSeriesDatabase? _opening; // set before it is open, cleared when it cannot be opened and when it is closed
    private volatile TimeSeriesDatabase? _database;

    /// <summary>True once the database is open.</summary>
    public bool IsReady => _database is not null;

    /// <summary>Completes when the database is open; fails when it could not be opened.</summary>
    public Task WhenReady => _opened.Task;

    /// <summary>Why the database could not be opened; null otherwise.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The open database.</summary>
    /// <exception cref="UnavailableException">It is still being opened; the message says how far that is.</exception>
    public TimeSeriesDatabase Database => _database ?? throw NotReady();

    /// <summary>The database as soon as queries can be tried on it: while it is being opened it answers those that need only what is in blocks.</summary>
    /// <exception cref="UnavailableException">The server is starting.</exception>
    public TimeSeriesDatabase Readable => _opening ?? throw NotReady();

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Interlocked.Exchange(ref _database, null) is { } database)
        {
            _opening = null;
            await database.DisposeAsync();
            LogClosed(logger);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Not before the server listens: stopping a host that is still starting would end it with an exception instead of a sentence.
            await WhenStartedAsync(stoppingToken);
            long start = time.GetTimestamp();
            var database = new TimeSeriesDatabase(DatabaseOptions());
            _opening = database;
            await database.StartAsync(stoppingToken);
            _database = database;
            string folder = Path.GetFullPath(options.DataDirectory);
            double seconds = time.GetElapsedTime(start).TotalSeconds;
            long series = _database.Statistics.HeadSeries;
            LogOpened(logger, folder, seconds, series);
            _opened.SetResult();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            _opening = null;

            // Stopped while opening: nothing was written that the next start would miss.
            _opened.SetCanceled(stoppingToken);
        }
        catch (Exception error)
        {
            _opening = null;
            Failure = error;
            _opened.SetException(error);
            _ = _opened.Task.Exception; // the server reports it; that nobody else waits is no fault
            lifetime.StopApplication();
        }
    }

    private UnavailableException NotReady() => new(
        $"The server is not ready: {_opening?.Opening.ToString() ?? "the database is being opened"}.", RetryWhileOpening);

    private async Task WhenStartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    private TimeSeriesDatabaseOptions DatabaseOptions() => new()
    {
        DataDirectory = options.DataDirectory,
        Durability = options.Write.Durability,
        LineProtocol = options.Write.Lines,
        Storage = options.Storage,
        Query = options.Query.ToEngineOptions(),
        TimeProvider = time,
        LoggerFactory = logging,
    };

    [LoggerMessage(1, LogLevel.Information, "Ready: {Folder} opened in {Seconds:0.00} s, {Series} series in memory")]
    private static partial void LogOpened(ILogger logger, string folder, double seconds, long series);

    [LoggerMessage(2, LogLevel.Information, "Closed: everything is on disk")]
    private static partial void LogClosed(ILogger logger);
}
