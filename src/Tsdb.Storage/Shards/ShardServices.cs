using Tsdb.Storage.Memtable;

namespace Tsdb.Storage.Shards;

/// <summary>What a shard asks of the engine.</summary>
/// <param name="Time">The clock.</param>
/// <param name="NewMemtable">Creates an empty memtable with one reference.</param>
/// <param name="OnWork">Called, under the shard's lock, when a memtable waits to be flushed or a checkpoint is due.</param>
/// <param name="CheckpointBytes">Bytes of log, before compression, after which a checkpoint is due.</param>
internal sealed record ShardServices(TimeProvider Time, Func<ShardMemtable> NewMemtable, Action OnWork, long CheckpointBytes)
{
    // Many tiny writes make much log and little memtable: then the log bounds how long a memtable stays active.
    private const int CheckpointsPerGeneration = 4;

    /// <summary>Bytes of log, before compression, after which a memtable is frozen however small it is, so that its log can go.</summary>
    public long MaxGenerationBytes => CheckpointsPerGeneration * CheckpointBytes;
}
