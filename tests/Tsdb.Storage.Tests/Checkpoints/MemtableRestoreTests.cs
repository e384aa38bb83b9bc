using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Storage.Checkpoints;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Memtable;
using Tsdb.Storage.Recovery;
using Tsdb.Storage.Tests.Memtable;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Checkpoints;

/// <summary>A memtable that went through a checkpoint holds the same samples and goes on the same way.</summary>
public sealed class MemtableRestoreTests
{
    private const string Directory = "/wal/0000";

    [FsCheck.NUnit.Property(MaxTest = 150)]
    public bool Restore_AnySamples_HoldsTheSameAndGoesOnAlike(int seed)
    {
        var random = new Random(seed);
        var original = new ShardMemtable();
        var newest = new long[4];
        int count = random.Next(1, 3000);
        for (int i = 0; i < count; i++)
        {
            AppendAny(random, newest, original);
        }

        ShardMemtable restored = ThroughCheckpoint(original);
        bool agreed = Agree(original, restored);
        for (int i = 0; i < 500; i++)
        {
            AppendAny(random, newest, original, restored);
        }

        bool agrees = agreed && Agree(original, restored);
        original.Release();
        restored.Release();
        return agrees;
    }

    private static void AppendAny(Random random, long[] newest, params ShardMemtable[] memtables)
    {
        int series = random.Next(newest.Length);
        long step = random.Next(20) == 0 ? random.NextInt64(7_000_000_000_000) : 10_000_000_000;
        long timestampNs = newest[series] + (random.Next(5) == 0 ? -step * random.Next(40) : step * random.Next(2));
        newest[series] = Math.Max(newest[series], timestampNs);
        double value = random.Next(3) == 0 ? random.NextDouble() : random.Next(5);
        foreach (ShardMemtable memtable in memtables)
        {
            memtable.Append(SlotOf(series), timestampNs, value);
        }
    }

    private static uint SlotOf(int series) => (uint)series * 700;

    // A leaf that has come back to the value of a chunk is not needed any more: the count may be lower.
    private static bool Agree(ShardMemtable original, ShardMemtable restored) =>
        original.SampleCount >= restored.SampleCount
        && original.Range == restored.Range
        && Enumerable.Range(0, 4).All(series => MemtableContent.Read(original, SlotOf(series), TimeRange.All)
            .SequenceEqual(MemtableContent.Read(restored, SlotOf(series), TimeRange.All)));

    private static ShardMemtable ThroughCheckpoint(ShardMemtable original)
    {
        var files = new InMemoryFileSystem();
        files.CreateDirectory(Directory);
        var header = new CheckpointHeader(0, 1, 2, new SequenceNumber(1), new SequenceNumber(9), 10_000);
        using (var writer = new CheckpointWriter(files.CreateFile(CheckpointName.PathOf(Directory, 2)), header))
        {
            foreach (uint slot in original.Slots())
            {
                writer.AddSeries(slot, Model.Labels.LabelSet.OfMetric("m", ("slot", $"{slot}")).Canonical);
            }

            foreach (uint slot in original.Slots())
            {
                var chunks = new List<ChunkSlice>();
                original.CollectChunks(slot, TimeRange.All, 0, chunks);
                writer.AddChunks(slot, [.. chunks.OrderBy(chunk => chunk.Rank)]);
            }

            writer.Complete();
        }

        var replayer = new ShardReplayer(() => new ShardMemtable(), (_, _) => { });
        CheckpointReader.Read(files, Directory, shard: 0, firstSegment: 1, tailSegment: 2, replayer, CancellationToken.None);
        RecoveredShard recovered = replayer.Finish(0, default);
        Assert.That((recovered.MinSequence.Value, recovered.MaxSequence.Value, recovered.Series.NextSlot), Is.EqualTo((1UL, 9UL, 10_000U)));
        return recovered.Memtable;
    }
}
