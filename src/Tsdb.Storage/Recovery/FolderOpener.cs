using Microsoft.Extensions.Logging;
using Tsdb.Model.Errors;
using Tsdb.Model.Files;
using Tsdb.Storage.Blocks;
using Tsdb.Storage.Checkpoints;
using Tsdb.Storage.Compaction;
using Tsdb.Storage.Metadata;
using Tsdb.Storage.Reading;
using Tsdb.Storage.Retention;
using Tsdb.Storage.Shards;
using Tsdb.Storage.Wal;

namespace Tsdb.Storage.Recovery;

/// <summary>Opens a data folder: takes its lock, reads the MANIFEST, opens the blocks and recovers the logs.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="options">Settings, checked.</param>
/// <param name="services">Disk, clock, chance and logging.</param>
/// <param name="view">Shows what can be seen meanwhile.</param>
internal sealed class FolderOpener(DataFolder folder, StorageOptions options, StorageServices services, RecoveryView view)
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(2);

    private readonly ILogger _log = services.Logging.CreateLogger("Tsdb.Storage");

    /// <summary>Opens the folder and starts the engine on it.</summary>
    public Task<StorageEngine> OpenAsync(CancellationToken cancellationToken) => Task.Run(() => Open(cancellationToken), cancellationToken);

    private StorageEngine Open(CancellationToken cancellationToken)
    {
        long started = services.Time.GetTimestamp();
        OpenParts parts = OpenParts();
        try
        {
            using ITimer told = services.Time.CreateTimer(_ => Tell(started), null, TellEvery, TellEvery);
            var retention = new RetentionPolicy(options.Retention, services.Time);
            var horizon = new LogHorizon(folder, services.Files, parts.Manifest.State);
            view.Show(new SealedSeriesSource(parts.Blocks, retention, horizon, view));
            var recovery = new LogRecovery(folder, options, services, parts, view, _log);
            Shard[] shards = recovery.Recover(cancellationToken);
            TimeSpan took = services.Time.GetElapsedTime(started);
            long series = shards.Sum(shard => (long)shard.Series.Count);
            StorageLog.Opened(_log, folder.Path, parts.Blocks.All.Length, series, recovery.SampleCount, took.TotalMilliseconds);
            return new StorageEngine(parts, shards, options, services, _log);
        }
        catch
        {
            view.Hide();
            parts.Dispose();
            throw;
        }
    }

    private void Tell(long started)
    {
        double bytesPerSecond = view.ReplayedBytes / services.Time.GetElapsedTime(started).TotalSeconds;
        StorageLog.Replaying(_log, folder.Path, view, bytesPerSecond / (1 << 20));
    }

    private OpenParts OpenParts()
    {
        IFileSystem files = services.Files;
        files.CreateDirectory(folder.Path);
        IDisposable folderLock = files.TryLock(folder.LockFile)
            ?? throw new DataFolderException(folder.Path, $"The data folder {folder.Path} is in use by another process.");
        ManifestKeeper? manifest = null;
        try
        {
            var opened = Manifest.Open(files, folder.Path);
            manifest = new ManifestKeeper(opened);
            if (opened.TornBytes > 0)
            {
                StorageLog.ManifestTorn(_log, folder.Path, opened.TornBytes);
            }

            if (manifest.State.ShardCount == 0)
            {
                manifest.Commit(new ManifestEdit { ShardCount = options.ShardCount });
            }

            var blockFiles = new BlockFiles(folder, services);
            BlockSet blocks = BlockRecovery.Open(folder, manifest.State.Blocks, blockFiles, _log);
            var sequence = new SequenceCounter();
            sequence.Observe(manifest.State.LastSequence);
            var walMetrics = new WalMetrics();
            return new OpenParts(
                folderLock,
                manifest,
                blocks,
                new MemtableFlusher(blockFiles),
                sequence,
                new Checkpointer(folder, files, services.Time, walMetrics, _log),
                new SemaphoreSlim(0),
                walMetrics,
                OpenMetadata());
        }
        catch
        {
            manifest?.Dispose();
            folderLock.Dispose();
            throw;
        }
    }

    private MetadataStore OpenMetadata()
    {
        var metadata = MetadataStore.Open(services.Files, folder.Path);
        if (metadata.DamagedBytes > 0)
        {
            StorageLog.MetadataDamaged(_log, folder.Path, metadata.DamagedBytes);
        }

        return metadata;
    }
}
