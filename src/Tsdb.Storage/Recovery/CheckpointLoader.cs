using Microsoft.Extensions.Logging;
using Tsdb.Model.Errors;
using Tsdb.Model.Files;
using Tsdb.Storage.Checkpoints;
using Tsdb.Storage.Wal;

namespace Tsdb.Storage.Recovery;

/// <summary>Finds the newest checkpoint of a shard that can be read. Safe for concurrent use.</summary>
/// <param name="files">The disk.</param>
/// <param name="metrics">Counts damage.</param>
/// <param name="log">Told of it.</param>
internal sealed class CheckpointLoader(IFileSystem files, WalMetrics metrics, ILogger log)
{
    /// <summary>Reads a shard's checkpoint, and deletes those that are obsolete.</summary>
    /// <param name="directory">The directory of its log.</param>
    /// <param name="shard">Its index.</param>
    /// <param name="firstSegment">The first log segment the MANIFEST still needs.</param>
    /// <param name="newReplayer">Creates an empty replayer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A replayer with what the checkpoint held, or an empty one; and the first segment to replay into it.</returns>
    public (ShardReplayer Replayer, long TailSegment) Load(
        string directory, int shard, long firstSegment, Func<ShardReplayer> newReplayer, CancellationToken cancellationToken)
    {
        CheckpointName.DeleteUpTo(files, directory, firstSegment);
        List<long> tailSegments = CheckpointName.List(files, directory);
        for (int i = tailSegments.Count - 1; i >= 0; i--)
        {
            ShardReplayer replayer = newReplayer();
            if (TryLoad(directory, shard, firstSegment, tailSegments[i], replayer, cancellationToken))
            {
                return (replayer, tailSegments[i]);
            }

            replayer.Discard();
        }

        return (newReplayer(), firstSegment);
    }

    private bool TryLoad(
        string directory, int shard, long firstSegment, long tailSegment, ShardReplayer replayer, CancellationToken cancellationToken)
    {
        try
        {
            CheckpointReader.Read(files, directory, shard, firstSegment, tailSegment, replayer, cancellationToken);
            return true;
        }
        catch (CorruptionException damage)
        {
            metrics.CheckpointDamaged();
            StorageLog.CheckpointDamaged(log, damage.Message.TrimEnd('.'));
            string path = CheckpointName.PathOf(directory, tailSegment);
            files.Rename(path, CheckpointName.DamagedOf(path));
            return false;
        }
    }
}
