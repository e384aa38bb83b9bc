using Tsdb.Encoding;
using Tsdb.Model.Time;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Memtable;

namespace Tsdb.Storage.Tests.Memtable;

/// <summary>One writer and two readers: what readers see is a prefix of the samples that came in order, and late samples, in lanes and leaves, whole.</summary>
public sealed class ShardMemtableStressTests
{
    private const int SeriesCount = 3;
    private const int SamplesPerSeries = 30_000;

    // A step of an hour makes chunks of two samples, so that closing and opening chunks is what mostly happens.
    [TestCase(1000, 0, TestName = "Collect_InOrderSamplesMeanwhile_SeesAPrefix")]
    [TestCase(3600 * Timestamps.NsPerSecond, 0, TestName = "Collect_ManyShortChunksMeanwhile_SeesAPrefix")]
    [TestCase(1000, 40, TestName = "Collect_LateSamplesMeanwhile_SeesAPrefixAndWholeLeaves")]
    [TestCase(1000, 400, TestName = "Collect_MostlyLateSamplesMeanwhile_SeesAPrefixAndWholeLeaves")]
    public void Collect_WhileWritten_SeesAPrefix(long step, int latePercent)
    {
        var memtable = new ShardMemtable();
        Task[] readers = [.. Enumerable.Range(0, 2).Select(reader => Task.Run(() => ReadUntilComplete(memtable, step, new Random(reader))))];

        var random = new Random(17);
        for (int i = 0; i < SamplesPerSeries; i++)
        {
            for (uint slot = 0; slot < SeriesCount; slot++)
            {
                memtable.Append(slot, i * step, ValueAt(i * step));
                for (int late = random.Next(100); late < latePercent; late += 100)
                {
                    // Between the samples in order, so that no leaf hides one of them.
                    long lateNs = ((i - random.Next(Math.Min(i + 1, 500))) * step) - 1 - random.Next(400);
                    memtable.Append(slot, lateNs, ValueAt(lateNs));
                }
            }
        }

        Assert.That(Task.WaitAll(readers, TimeSpan.FromSeconds(120)), Is.True);
        memtable.Release();
        Assert.That(memtable.IsFreed, Is.True);
    }

    [Test]
    public void Collect_WhileLeavesAreSplit_NeverSeesASampleTwiceOrLosesOne()
    {
        const int samples = 4000;
        for (int round = 0; round < 20; round++)
        {
            var memtable = new ShardMemtable();
            MemtableContent.FillLanes(memtable, 0);
            Task[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => ReadLeavesUntil(memtable, samples)))];

            long[] timesNs = [.. Enumerable.Range(0, samples).Select(i => (long)i)];
            new Random(round).Shuffle(timesNs);
            foreach (long timeNs in timesNs)
            {
                memtable.Append(0, timeNs, ValueAt(timeNs));
            }

            Assert.That(Task.WaitAll(readers, TimeSpan.FromSeconds(120)), Is.True);
            memtable.Release();
        }
    }

    private static void ReadLeavesUntil(ShardMemtable memtable, int samples)
    {
        var slices = new List<ChunkSlice>();
        int seen = 0;
        while (seen < samples)
        {
            slices.Clear();
            Assert.That(memtable.TryAcquire(), Is.True);
            long before = memtable.SampleCount - MemtableContent.LeafRank;
            memtable.CollectChunks(0, TimeRange.All, 0, slices);
            seen = slices.Where(slice => slice.Codec == ChunkCodec.Raw).Sum(slice => slice.Count);
            Require(seen >= before, "a late sample is gone");
            CheckLate(slices);
            memtable.Release();
        }
    }

    private static void ReadUntilComplete(ShardMemtable memtable, long step, Random random)
    {
        var slices = new List<ChunkSlice>();
        long[] newestNs = new long[SeriesCount];
        while (newestNs.Any(newest => newest < (SamplesPerSeries - 1) * step))
        {
            Assert.That(memtable.TryAcquire(), Is.True);
            for (uint slot = 0; slot < SeriesCount; slot++)
            {
                // Mostly the newest part, where the writer is.
                long fromNs = random.Next(1000) == 0 ? long.MinValue : newestNs[slot] - random.NextInt64(20 * step);
                slices.Clear();
                memtable.CollectChunks(slot, new TimeRange(fromNs, long.MaxValue), 0, slices);
                newestNs[slot] = Math.Max(newestNs[slot], CheckInOrder(slices, Math.Max(fromNs, 0), newestNs[slot], step));
                CheckLate(slices);
            }

            memtable.Release();
        }
    }

    // Every sample from the range's start to the newest seen is there, and none seen before is gone. Returns the newest.
    private static long CheckInOrder(List<ChunkSlice> slices, long fromNs, long seenNs, long step)
    {
        long expectedNs = -1; // until the first slice
        foreach (ChunkSlice slice in slices.Where(slice => slice.Rank == 0))
        {
            (long[] timestampsNs, double[] values) = MemtableContent.Decode(slice);
            if (expectedNs < 0)
            {
                expectedNs = timestampsNs[0];
                Require(expectedNs < fromNs + step, "the range's start is missing");
            }

            for (int i = 0; i < slice.Count; i++, expectedNs += step)
            {
                Require(timestampsNs[i] == expectedNs && values[i] == ValueAt(expectedNs), "a sample in order is missing or torn");
            }
        }

        Require(expectedNs - step >= seenNs || expectedNs < 0, "samples seen before are gone");
        return expectedNs - step;
    }

    private static void CheckLate(List<ChunkSlice> slices)
    {
        long[] lastNs = new long[ShardMemtable.RankCount];
        Array.Fill(lastNs, long.MinValue);
        foreach (ChunkSlice slice in slices.Where(slice => slice.Rank > 0))
        {
            (long[] timestampsNs, double[] values) = MemtableContent.Decode(slice);
            ref long last = ref lastNs[slice.Rank];
            for (int i = 0; i < slice.Count && timestampsNs[i] != long.MaxValue; i++)
            {
                Require(timestampsNs[i] > last && values[i] == ValueAt(timestampsNs[i]), "late samples are out of order or torn");
                last = timestampsNs[i];
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
