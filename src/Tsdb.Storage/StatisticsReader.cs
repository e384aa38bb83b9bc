using Tsdb.Storage.Blocks;
using Tsdb.Storage.Memtable;
using Tsdb.Storage.Reading;
using Tsdb.Storage.Shards;

namespace Tsdb.Storage;

/// <summary>Adds up what shards and blocks hold.</summary>
internal static class StatisticsReader
{
    /// <summary>Reads the state now; parts that change meanwhile may be counted before or after their change.</summary>
    public static StorageStatistics Read(Shard[] shards, BlockSet blocks)
    {
        long series = 0, samples = 0, bytes = 0, minTimeNs = long.MaxValue, maxTimeNs = long.MinValue;
        int waiting = 0;
        foreach (Shard shard in shards)
        {
            MemtableSet memtables = shard.Memtables;
            series += shard.Series.Count;
            waiting += memtables.Frozen.Length;
            foreach (ShardMemtable table in memtables.OldestFirst)
            {
                samples += table.SampleCount;
                bytes += table.ArenaBytes;
                Widen(table.Range.MinTimeNs, table.Range.MaxTimeNs);
            }
        }

        long blockSamples = 0, blockBytes = 0;
        foreach (Block block in blocks.All)
        {
            blockSamples += block.Meta.SampleCount;
            blockBytes += block.Meta.SizeBytes;
            Widen(block.Meta.Range.MinTimeNs, block.Meta.Range.MaxTimeNs);
        }

        return new StorageStatistics(
            series, samples, bytes, blocks.All.Length, blockSamples, blockBytes, waiting, minTimeNs, maxTimeNs);

        void Widen(long minNs, long maxNs)
        {
            minTimeNs = Math.Min(minTimeNs, minNs);
            maxTimeNs = Math.Max(maxTimeNs, maxNs);
        }
    }
}
