using Tsdb.Ingest;
using Tsdb.Ingest.LineProtocol;
using Tsdb.Ingest.RemoteWrite;
using Tsdb.Query;
using Tsdb.Storage;

namespace Tsdb.Embedded;

/// <summary>The parts of a database that exist while it is open. Owns the engine and the telemetry.</summary>
internal sealed class OpenDatabase : IAsyncDisposable
{
    private OpenDatabase(StorageEngine storage, TimeSeriesDatabaseOptions options, DatabaseTelemetry telemetry)
    {
        Storage = storage;
        Telemetry = telemetry;
        Queries = new QueryEngine(storage.Series, options.Query, options.TimeProvider);
        var metrics = new IngestMetrics(telemetry.Meter);
        LineProtocol = new LineProtocolWriter(storage.Appender, options.LineProtocol, metrics);
        RemoteWrite = new RemoteWriter(storage.Appender, storage.Metadata, RemoteWriteOptions(options.LineProtocol), metrics);
        Samples = new SampleWriter(storage.Appender, options.LineProtocol, options.Storage.Retention);
        Reader = new SeriesReader(storage.Series);
    }

    /// <summary>The storage engine.</summary>
    public StorageEngine Storage { get; }

    /// <summary>The query engine.</summary>
    public QueryEngine Queries { get; }

    /// <summary>Writes line protocol.</summary>
    public LineProtocolWriter LineProtocol { get; }

    /// <summary>Writes the messages of Prometheus remote write.</summary>
    public RemoteWriter RemoteWrite { get; }

    /// <summary>Writes samples.</summary>
    public SampleWriter Samples { get; }

    /// <summary>Reads raw samples.</summary>
    public SeriesReader Reader { get; }

    /// <summary>Meter and traces.</summary>
    public DatabaseTelemetry Telemetry { get; }

    /// <summary>Opens the data folder and builds the parts over it.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="view">Shows what can be seen meanwhile.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<OpenDatabase> OpenAsync(TimeSeriesDatabaseOptions options, RecoveryView view, CancellationToken cancellationToken)
    {
        options.Validate();
        int seed = options.RandomSeed ?? unchecked((int)options.TimeProvider.GetTimestamp());
        var services = new StorageServices(options.FileSystem, options.TimeProvider, new Random(seed), options.LoggerFactory);
        StorageEngine storage = await StorageEngine.OpenAsync(options.DataDirectory, options.Storage, services, view, cancellationToken)
            .ConfigureAwait(false);
        var telemetry = new DatabaseTelemetry(options.TimeProvider);
        try
        {
            return new OpenDatabase(storage, options, telemetry);
        }
        catch
        {
            telemetry.Dispose();
            await storage.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync().ConfigureAwait(false);
        Telemetry.Dispose();
    }

    // The limits of labels hold for every write.
    private static RemoteWriteOptions RemoteWriteOptions(LineProtocolOptions limits) => new()
    {
        MaxLabels = limits.MaxLabels,
        MaxLabelNameBytes = limits.MaxLabelNameBytes,
        MaxLabelValueBytes = limits.MaxLabelValueBytes,
        SeriesCacheBytes = limits.SeriesCacheBytes,
    };
}
