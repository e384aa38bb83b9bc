using Tsdb.Encoding;
using Tsdb.Model.Time;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Memtable;

namespace Tsdb.Storage.Tests.Memtable;

/// <summary>One writer and two readers: what readers see is a prefix of the samples that came in order, and late samples whole.</summary>
public sealed class ShardMemtableStressTests
{
    private const int SeriesCount = 3;
    private const int SamplesPerSeries = 20_000;
    private const long Step = 1000;

    [TestCase(0, TestName = "Collect_InOrderSamplesMeanwhile_SeesAPrefix")]
    [TestCase(40, TestName = "Collect_LateSamplesMeanwhile_SeesAPrefixAndWholeLeaves")]
    public void Collect_WhileWritten_SeesAPrefix(int latePercent)
    {
        var memtable = new ShardMemtable();
        Task[] readers = [.. Enumerable.Range(0, 2).Select(reader => Task.Run(() => ReadUntilComplete(memtable, new Random(reader))))];

        var random = new Random(17);
        for (int i = 0; i < SamplesPerSeries; i++)
        {
            for (uint slot = 0; slot < SeriesCount; slot++)
            {
                memtable.Append(slot, i * Step, ValueAt(i * Step));
                if (random.Next(100) < latePercent)
                {
                    // Between the samples in order, so that no leaf hides one of them.
                    long lateNs = ((i - random.Next(Math.Min(i + 1, 500))) * Step) - 1 - random.Next(400);
                    memtable.Append(slot, lateNs, ValueAt(lateNs));
                }
            }
        }

        Assert.That(Task.WaitAll(readers, TimeSpan.FromSeconds(120)), Is.True);
        memtable.Release();
        Assert.That(memtable.IsFreed, Is.True);
    }

    private static void ReadUntilComplete(ShardMemtable memtable, Random random)
    {
        var slices = new List<ChunkSlice>();
        long[] newestNs = new long[SeriesCount];
        while (newestNs.Any(newest => newest < (SamplesPerSeries - 1) * Step))
        {
            Assert.That(memtable.TryAcquire(), Is.True);
            for (uint slot = 0; slot < SeriesCount; slot++)
            {
                // Mostly the newest part, where the writer is.
                long fromNs = random.Next(20) == 0 ? long.MinValue : newestNs[slot] - random.Next(600_000);
                slices.Clear();
                memtable.CollectChunks(slot, new TimeRange(fromNs, long.MaxValue), 0, slices);
                newestNs[slot] = Math.Max(newestNs[slot], CheckInOrder(slices, Math.Max(fromNs, 0), newestNs[slot]));
                CheckLeaves(slices);
            }

            memtable.Release();
        }
    }

    // Every sample from the range's start to the newest seen is there, and none seen before is gone. Returns the newest.
    private static long CheckInOrder(List<ChunkSlice> slices, long fromNs, long seenNs)
    {
        long expectedNs = -1; // until the first slice
        foreach (ChunkSlice slice in slices.Where(slice => slice.Codec == ChunkCodec.Gorilla))
        {
            (long[] timestampsNs, double[] values) = MemtableContent.Decode(slice);
            if (expectedNs < 0)
            {
                expectedNs = timestampsNs[0];
                Require(expectedNs < fromNs + Step, "the range's start is missing");
            }

            for (int i = 0; i < slice.Count; i++, expectedNs += Step)
            {
                Require(timestampsNs[i] == expectedNs && values[i] == ValueAt(expectedNs), "a sample in order is missing or torn");
            }
        }

        Require(expectedNs - Step >= seenNs || expectedNs < 0, "samples seen before are gone");
        return expectedNs - Step;
    }

    private static void CheckLeaves(List<ChunkSlice> slices)
    {
        long lastNs = long.MinValue;
        foreach (ChunkSlice slice in slices.Where(slice => slice.Codec == ChunkCodec.Raw))
        {
            (long[] timestampsNs, double[] values) = MemtableContent.Decode(slice);
            for (int i = 0; i < slice.Count; i++)
            {
                Require(timestampsNs[i] > lastNs && values[i] == ValueAt(timestampsNs[i]), "a leaf is out of order or torn");
                lastNs = timestampsNs[i];
            }
        }
    }

    // Now and then constant, now and then noisy, so that chunks of every size occur.
    private static double ValueAt(long timestampNs) => timestampNs / 200_000 % 3 == 0 ? 1 : Math.Sqrt(timestampNs + 10_000);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new AssertionException(otherwise);
        }
    }
}
