using Tsdb.Storage.Checkpoints;
using Tsdb.Storage.Compaction;
using Tsdb.Storage.Metadata;
using Tsdb.Storage.Reading;
using Tsdb.Storage.Shards;
using Tsdb.Storage.Wal;

namespace Tsdb.Storage.Recovery;

/// <summary>The parts of an open data folder that its shards share. The engine owns them and disposes them after its shards.</summary>
/// <param name="Lock">The folder's lock.</param>
/// <param name="Manifest">Which blocks count, and where each log begins.</param>
/// <param name="Blocks">The published blocks.</param>
/// <param name="Flusher">Writes further ones.</param>
/// <param name="Sequence">Numbers the writes.</param>
/// <param name="Checkpointer">Writes checkpoints.</param>
/// <param name="Work">Released when a shard froze a memtable or needs a checkpoint.</param>
/// <param name="WalMetrics">Counts what the logs do.</param>
/// <param name="Metadata">What senders say of their metrics.</param>
internal sealed record OpenParts(
    IDisposable Lock,
    ManifestKeeper Manifest,
    BlockSet Blocks,
    MemtableFlusher Flusher,
    SequenceCounter Sequence,
    Checkpointer Checkpointer,
    SemaphoreSlim Work,
    WalMetrics WalMetrics,
    MetadataStore Metadata) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Blocks.Dispose();
        Manifest.Dispose();
        Metadata.Dispose();
        WalMetrics.Dispose();
        Work.Dispose();
        Lock.Dispose();
    }
}
