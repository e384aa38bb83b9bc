using Tsdb.Model.Placement;
using Tsdb.Model.Time;
using Tsdb.Model.Writing;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Memtable;
using Tsdb.Storage.Reading;

namespace Tsdb.Storage.Tests.Memtable;

/// <summary>Compares the histograms of a memtable with a sorted dictionary per series.</summary>
public sealed class HistogramLeavesTests
{
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Append_AnyTimestamps_AgreesWithTheOracle((byte Series, long TimestampNs, FsCheck.NonEmptyArray<byte> Encoded)[] samples, long fromNs, long toNs) =>
        Agrees([.. samples.Select(sample => (sample.Series % 3u, sample.TimestampNs, sample.Encoded.Get))], [TimeRange.All, new TimeRange(fromNs, toNs)]);

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public bool Append_ManyCloseTimestamps_AgreesWithTheOracle(int seed)
    {
        var random = new Random(seed);
        int latePercent = random.Next(4) * 30;
        (uint, long, byte[])[] samples =
        [
            .. Enumerable.Range(0, 1500).Select(i =>
                ((uint)random.Next(3) * 500, (long)(random.Next(100) < latePercent ? random.Next(i + 1) : i), new[] { (byte)i, (byte)(i >> 8) })),
        ];
        return Agrees(samples, [TimeRange.All, new TimeRange(200, 210), new TimeRange(-5, 900), new TimeRange(1499, long.MaxValue)]);
    }

    [Test]
    public void CopySlots_SeriesOfEitherKind_AreThereOnce()
    {
        var memtable = new ShardMemtable();
        memtable.Append(4, 1, 1);
        memtable.Append(9, 1, 1);
        memtable.Append(ColumnsOf([(9, 5, [1]), (2, 7, [2]), (2, 8, [2]), (11, 900, [3])]));
        var slots = new List<uint>();

        memtable.CopySlots(slots);

        Assert.That(slots, Is.EquivalentTo(new uint[] { 2, 4, 9, 11 }));
        Assert.That(memtable.SampleCount, Is.EqualTo(6));
        Assert.That(memtable.Range, Is.EqualTo(new TimeRange(1, 900)));
        Assert.That(memtable.HasHistograms, Is.True);
        memtable.Release();
    }

    private static bool Agrees((uint Slot, long TimestampNs, byte[] Encoded)[] samples, TimeRange[] ranges)
    {
        var memtable = new ShardMemtable();
        memtable.Append(ColumnsOf(samples));
        var oracle = new Dictionary<uint, SortedDictionary<long, string>>();
        foreach ((uint slot, long timestampNs, byte[] encoded) in samples)
        {
            oracle.TryAdd(slot, []);
            oracle[slot][timestampNs] = Convert.ToHexString(encoded);
        }

        bool agrees = memtable.SampleCount == oracle.Values.Sum(series => series.Count)
            && oracle.All(series => ranges.All(range =>
                Read(memtable, series.Key, range).SequenceEqual(series.Value.Where(sample => range.Contains(sample.Key)).Select(sample => (sample.Key, sample.Value)))));
        memtable.Release();
        return agrees;
    }

    private static List<(long, string)> Read(ShardMemtable memtable, uint slot, TimeRange range)
    {
        var chunks = new List<ChunkSlice>();
        memtable.CollectHistograms(slot, range, rank: 0, chunks);
        var reader = new MergedHistogramReader();
        reader.Begin(chunks, range);
        var read = new List<(long, string)>();
        while (reader.MoveNext())
        {
            read.Add((reader.TimestampNs, Convert.ToHexString(reader.Encoded)));
        }

        return read;
    }

    private static HistogramColumns ColumnsOf((uint Slot, long TimestampNs, byte[] Encoded)[] samples)
    {
        var columns = new HistogramColumns();
        foreach ((uint slot, long timestampNs, byte[] encoded) in samples)
        {
            columns.Add(new SeriesRef(slot), timestampNs, encoded);
        }

        return columns;
    }
}
