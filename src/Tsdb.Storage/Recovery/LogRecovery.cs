using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Tsdb.Storage.Blocks;
using Tsdb.Storage.Memtable;
using Tsdb.Storage.Series;
using Tsdb.Storage.Shards;
using Tsdb.Storage.Wal;

namespace Tsdb.Storage.Recovery;

/// <summary>Replays the logs of a data folder side by side and starts the shards; moves to another shard count if asked. Used once.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="options">Settings.</param>
/// <param name="services">Disk, clock and chance.</param>
/// <param name="parts">The folder's opened parts.</param>
/// <param name="view">Told how far it is.</param>
/// <param name="log">Told of what was found.</param>
internal sealed class LogRecovery(
    DataFolder folder, StorageOptions options, StorageServices services, OpenParts parts, RecoveryView view, ILogger log)
{
    private LogExtent[] _extents = []; // by shard

    /// <summary>Samples read from checkpoints and logs.</summary>
    public long SampleCount { get; private set; }

    /// <summary>Replays the logs.</summary>
    /// <returns>The shards, ready for writes.</returns>
    public Shard[] Recover(CancellationToken cancellationToken)
    {
        ShardReplayer[] replayers = Replay(out WalReplayResult[] logs, cancellationToken);
        SampleCount = replayers.Sum(replayer => replayer.SampleCount);
        return parts.Manifest.State.ShardCount == options.ShardCount ? StartShards(replayers, logs) : Reshard(replayers, logs);
    }

    private ShardReplayer[] Replay(out WalReplayResult[] logs, CancellationToken cancellationToken)
    {
        var checkpoints = new CheckpointLoader(services.Files, parts.WalMetrics, log);
        ManifestState state = parts.Manifest.State;
        var replayers = new ShardReplayer[state.ShardCount];
        var results = new WalReplayResult[state.ShardCount];
        var extents = new LogExtent[state.ShardCount];
        ForEachShard(state.ShardCount, shard =>
        {
            (replayers[shard], long tailSegment) = checkpoints.Load(
                folder.WalOf(shard),
                shard,
                FirstSegmentOf(shard),
                () => new ShardReplayer(NewMemtable, (full, series) => Spill(shard, full, series)),
                cancellationToken);
            extents[shard] = LogExtent.Measure(services.Files, folder.WalOf(shard), FirstSegmentOf(shard), tailSegment);
            view.Expect(extents[shard].TailBytes);
            results[shard] = ReplayLog(shard, tailSegment, replayers[shard], cancellationToken);
            parts.Sequence.Observe(replayers[shard].CheckpointSequence);
            parts.Sequence.Observe(results[shard].HighestSequence);
        }, cancellationToken);
        logs = results;
        _extents = extents;
        return replayers;
    }

    // As the shards were replayed one after the other: the first error comes out as it was thrown.
    private static void ForEachShard(int count, Action<int> replay, CancellationToken cancellationToken)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken }, replay);
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
    }

    private WalReplayResult ReplayLog(int shard, long firstSegment, ShardReplayer replayer, CancellationToken cancellationToken) => WalReplay.Run(
        services.Files,
        folder.WalOf(shard),
        shard,
        firstSegment,
        replayer,
        log,
        parts.WalMetrics,
        knownSlots: replayer.CheckpointSlots,
        onReplayed: view.Advance,
        cancellationToken: cancellationToken);

    private void Spill(int shard, FrozenMemtable full, SeriesTable series)
    {
        IReadOnlyList<Block> written = parts.Flusher.Flush(full, series, CancellationToken.None);
        parts.Manifest.CommitFlush(shard, full.FirstSegmentKept, series.NextSlot, written);
        parts.Blocks.Add(written);
        full.Table.Release();
    }

    private Shard[] StartShards(ShardReplayer[] replayers, WalReplayResult[] logs)
    {
        ManifestState state = parts.Manifest.State;
        return StartAll(replayers.Length, shard => StartShard(shard, replayers[shard].Finish(state.NextSlotOf(shard), _extents[shard]), logs[shard]));
    }

    private static Shard[] StartAll(int count, Func<int, Shard> start)
    {
        var shards = new List<Shard>(count);
        try
        {
            for (int shard = 0; shard < count; shard++)
            {
                shards.Add(start(shard));
            }

            return [.. shards];
        }
        catch
        {
            // Each has a thread and a timer of its own by now.
            Task.WhenAll(shards.Select(shard => shard.DisposeAsync().AsTask())).GetAwaiter().GetResult();
            throw;
        }
    }

    // Everything in memory goes to blocks under the old count; then one edit names the new count and releases the whole old log.
    private Shard[] Reshard(ShardReplayer[] replayers, WalReplayResult[] logs)
    {
        ManifestState old = parts.Manifest.State;
        StorageLog.Resharding(log, old.ShardCount, options.ShardCount);
        uint nextSlot = 0;
        for (int i = 0; i < replayers.Length; i++)
        {
            RecoveredShard recovered = replayers[i].Finish(old.NextSlotOf(i), _extents[i]);
            var last = new FrozenMemtable(recovered.Memtable, recovered.MinSequence, recovered.MaxSequence, old.FirstSegmentOf(i));
            foreach (FrozenMemtable full in recovered.Frozen.Append(last))
            {
                Spill(i, full, recovered.Series);
            }

            nextSlot = Math.Max(nextSlot, recovered.Series.NextSlot);
        }

        long firstSegment = logs.Max(replayed => replayed.LastSegment) + 1;
        parts.Manifest.Commit(new ManifestEdit
        {
            ShardCount = options.ShardCount,
            Shards = [.. Enumerable.Range(0, options.ShardCount).Select(shard => new ShardEdit(shard, firstSegment, nextSlot))],
        });
        services.Files.DeleteDirectory(folder.Wal);
        return StartAll(options.ShardCount, shard =>
        {
            var empty = new ShardReplayer(NewMemtable, (_, _) => { });
            WalReplayResult replayed = ReplayLog(shard, firstSegment, empty, CancellationToken.None);
            return StartShard(shard, empty.Finish(nextSlot, new LogExtent(firstSegment, firstSegment, 0, 0)), replayed);
        });
    }

    private Shard StartShard(int index, RecoveredShard recovered, WalReplayResult replayed)
    {
        var walOptions = new WalOptions
        {
            SegmentBytes = options.WalSegmentBytes,
            RoomBytes = (int)(options.WalSegmentBytes / 16),
            SyncInterval = options.WalSyncInterval,
        };
        WalWriter wal = WalWriter.Open(services.Files, folder.WalOf(index), index, replayed, walOptions, services.Time, log, parts.WalMetrics);
        wal.Release(FirstSegmentOf(index)); // what a stop between the MANIFEST and the deletion left behind
        return new Shard(index, recovered, wal, parts.Sequence, new ShardServices(services.Time, NewMemtable, () => parts.Work.Release(), options.MaxReplayBytes / options.ShardCount));
    }

    private long FirstSegmentOf(int shard) => Math.Max(1, parts.Manifest.State.FirstSegmentOf(shard));

    private ShardMemtable NewMemtable() => new(options.MemtableBytes);
}
