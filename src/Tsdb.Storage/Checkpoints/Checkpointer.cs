using System.Buffers;
using Microsoft.Extensions.Logging;
using Tsdb.Model.Files;
using Tsdb.Model.Time;
using Tsdb.Model.Writing;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Memtable;
using Tsdb.Storage.Shards;
using Tsdb.Storage.Wal;

namespace Tsdb.Storage.Checkpoints;

/// <summary>Writes the checkpoints of all shards and deletes those that are not needed any more. For one shard, used by one thread at a time.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="files">The disk.</param>
/// <param name="time">Measures.</param>
/// <param name="metrics">Counts.</param>
/// <param name="log">Told of each.</param>
internal sealed class Checkpointer(DataFolder folder, IFileSystem files, TimeProvider time, WalMetrics metrics, ILogger log)
{
    /// <summary>Writes a checkpoint of a shard unless there is nothing in memory or a flush is about to make it pointless. Never throws for the disk's sake.</summary>
    public async Task WriteAsync(Shard shard, CancellationToken cancellationToken)
    {
        if (shard.TryBeginCheckpoint() is not { } source)
        {
            return;
        }

        try
        {
            if (source.LogPosition == 0 && files.FileExists(CheckpointName.PathOf(folder.WalOf(shard.Index), source.TailSegment)))
            {
                return; // nothing was written since it was read
            }

            long started = time.GetTimestamp();

            // The segments it stands for must be whole: should it be lost, they are replayed as ones that others follow.
            await shard.WaitAsync(source.LogPosition, Durability.Always, cancellationToken).ConfigureAwait(false);
            long lengthBytes = Write(shard.Index, source, cancellationToken);
            metrics.Checkpointed(lengthBytes);
            StorageLog.Checkpointed(log, shard.Index, source.Memtable.SampleCount, lengthBytes, time.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Nothing is lost: the log has it all.
            metrics.CheckpointFailed();
            StorageLog.CheckpointFailed(log, shard.Index, failure);
        }
        finally
        {
            source.Memtable.Release();
        }
    }

    /// <summary>Deletes the checkpoints of memtables whose samples are in blocks.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="firstSegmentKept">The first log segment that is needed now.</param>
    public void DeleteObsolete(int shard, long firstSegmentKept)
    {
        try
        {
            CheckpointName.DeleteUpTo(files, folder.WalOf(shard), firstSegmentKept);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            StorageLog.CheckpointNotDeleted(log, shard, failure);
        }
    }

    private long Write(int shard, CheckpointSource source, CancellationToken cancellationToken)
    {
        string directory = folder.WalOf(shard);
        string path = CheckpointName.PathOf(directory, source.TailSegment);
        string temporary = CheckpointName.TemporaryOf(path);
        files.DeleteFile(temporary);
        long lengthBytes = WriteContent(temporary, shard, source, cancellationToken);

        // It counts only once it was read back; until then the one before is the newest.
        using (IReadableFile written = files.OpenForReading(temporary))
        {
            CheckpointReader.Read(written, shard, source.FirstSegment, source.TailSegment, new CheckpointCheck(), cancellationToken);
        }

        files.Rename(temporary, path);
        files.SyncDirectory(directory);
        List<long> all = CheckpointName.List(files, directory);
        if (all.Count > 2)
        {
            CheckpointName.DeleteUpTo(files, directory, all[^3]);
        }

        return lengthBytes;
    }

    private long WriteContent(string path, int shard, CheckpointSource source, CancellationToken cancellationToken)
    {
        var header = new CheckpointHeader(
            (uint)shard, source.FirstSegment, source.TailSegment, source.MinSequence, source.LastSequence, source.Series.NextSlot);
        using var writer = new CheckpointWriter(files.CreateFile(path), header);
        var labels = new ArrayBufferWriter<byte>(512);
        List<uint> slots = source.Slots();
        foreach (uint slot in slots)
        {
            labels.ResetWrittenCount();
            source.Series.CopyLabels(slot, labels);
            writer.AddSeries(slot, labels.WrittenSpan);
        }

        var gathered = new List<ChunkSlice>();
        var ordered = new List<ChunkSlice>();
        foreach (uint slot in slots)
        {
            cancellationToken.ThrowIfCancellationRequested();
            gathered.Clear();
            source.Memtable.CollectChunks(slot, TimeRange.All, rank: 0, gathered);
            Order(gathered, ordered);
            writer.AddChunks(slot, ordered);
        }

        writer.Complete();
        return writer.LengthBytes;
    }

    // Leaves lie between the chunks of the first lane; what goes back into a memtable goes rank by rank.
    private static void Order(List<ChunkSlice> gathered, List<ChunkSlice> ordered)
    {
        ordered.Clear();
        for (int rank = 0; rank < ShardMemtable.RankCount && ordered.Count < gathered.Count; rank++)
        {
            foreach (ChunkSlice chunk in gathered)
            {
                if (chunk.Rank == rank)
                {
                    ordered.Add(chunk);
                }
            }
        }
    }
}
