using Microsoft.Extensions.Logging;
using Tsdb.Model.Errors;
using Tsdb.Model.Metadata;
using Tsdb.Model.Reading;
using Tsdb.Model.Writing;
using Tsdb.Storage.Compaction;
using Tsdb.Storage.Reading;
using Tsdb.Storage.Recovery;
using Tsdb.Storage.Retention;
using Tsdb.Storage.Shards;

namespace Tsdb.Storage;

/// <summary>
/// The storage engine of one data folder: writes go through <see cref="Appender"/> to log and memtable, reads come through <see cref="Series"/>, and a
/// background loop turns full memtables into blocks. Safe for concurrent use until disposed.
/// </summary>
public sealed class StorageEngine : IAsyncDisposable
{
    private readonly OpenParts _parts;
    private readonly Shard[] _shards;
    private readonly FlushWorker _worker;
    private readonly StorageMetrics _metrics;
    private bool _disposed;

    internal StorageEngine(OpenParts parts, Shard[] shards, StorageOptions options, StorageServices services, ILogger log)
    {
        _parts = parts;
        _shards = shards;
        _metrics = new StorageMetrics(() => Statistics);
        var retention = new RetentionPolicy(options.Retention, services.Time);
        Appender = new EngineAppender(shards, retention);
        Series = new EngineSeriesSource(shards, parts.Blocks, retention);
        var flush = new FlushServices(
            parts.Flusher, parts.Manifest, parts.Blocks, parts.Checkpointer, retention, options.MemtableAge, services.Time, _metrics, log);
        _worker = new FlushWorker(shards, parts.Work, flush);
        _worker.Start();
    }

    /// <summary>Where samples are written.</summary>
    public IAppender Appender { get; }

    /// <summary>Where series are read.</summary>
    public ISeriesSource Series { get; }

    /// <summary>What senders say of their metrics.</summary>
    public IMetadataStore Metadata => _parts.Metadata;

    /// <summary>What the engine holds now. Cheap enough to ask every second.</summary>
    public StorageStatistics Statistics => StatisticsReader.Read(_shards, _parts.Blocks);

    /// <summary>Opens a data folder, creating it if there is none, and replays its log.</summary>
    /// <param name="dataDirectory">The folder.</param>
    /// <param name="options">Settings.</param>
    /// <param name="services">Disk, clock, chance and logging.</param>
    /// <param name="view">Shows meanwhile how far it is and what can be read already; a new one for each opening.</param>
    /// <param name="cancellationToken">Gives up opening; what recovery did until then stays done, and nothing is lost.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    /// <exception cref="DataFolderException">Another process has the folder open, or it is of a newer version.</exception>
    /// <exception cref="CorruptionException">The MANIFEST or a block it names is damaged or missing.</exception>
    public static Task<StorageEngine> OpenAsync(
        string dataDirectory, StorageOptions options, StorageServices services, RecoveryView view, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentException.ThrowIfNullOrEmpty(dataDirectory);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(services);
        options.Validate();
        var opener = new FolderOpener(new DataFolder(dataDirectory), options, services, view);
        return opener.OpenAsync(cancellationToken);
    }

    /// <summary>As the other overload, for callers to whom the opening shows nothing.</summary>
    public static Task<StorageEngine> OpenAsync(
        string dataDirectory, StorageOptions options, StorageServices services, CancellationToken cancellationToken) =>
        OpenAsync(dataDirectory, options, services, new RecoveryView(), cancellationToken);

    /// <summary>Completes when every earlier append is on disk.</summary>
    public ValueTask SyncAsync(CancellationToken cancellationToken) => new(Task.WhenAll(
        _shards.Select(shard => shard.WaitAsync(shard.LogPosition, Durability.Always, cancellationToken).AsTask())));

    /// <summary>Flushes everything in memory to blocks; completes when all of it is there and the log before it is released.</summary>
    /// <exception cref="UnavailableException">A flush failed; nothing is lost and it will be tried again.</exception>
    public async Task CompactAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _worker.FlushAllAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends the background loop, writes and syncs the log, saves what is in memory in checkpoints, and lets go of the folder. No small block is written.
    /// No call may be under way.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            await _worker.DrainAsync().ConfigureAwait(false);
            await _worker.DisposeAsync().ConfigureAwait(false);
            await Task.WhenAll(_shards.Select(CloseAsync)).ConfigureAwait(false);
        }
        finally
        {
            _metrics.Dispose();
            _parts.Dispose();
        }
    }

    private async Task CloseAsync(Shard shard)
    {
        await Task.Run(() => _parts.Checkpointer.WriteAsync(shard, CancellationToken.None)).ConfigureAwait(false);
        await shard.DisposeAsync().ConfigureAwait(false);
    }
}
