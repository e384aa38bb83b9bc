using Tsdb.Model.Placement;
using Tsdb.Model.Writing;

namespace Tsdb.Model.Tests.Writing;

public sealed class WriteBatchTests
{
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void Add_ManyAtOnce_IsTheSameAsOneByOne(uint[] slots, long timestampNs, double value)
    {
        SeriesHandle[] series = [.. slots.Select(slot => new SeriesHandle((ushort)(slot % 3), new SeriesRef(slot)))];
        double[] values = [.. slots.Select(slot => value + slot)];
        var atOnce = new WriteBatch(3);
        var oneByOne = new WriteBatch(3);

        for (int round = 0; round < 2; round++)
        {
            atOnce.Add(series, timestampNs + round, values);
            for (int i = 0; i < series.Length; i++)
            {
                oneByOne.Add(series[i], timestampNs + round, values[i]);
            }
        }

        Assert.That(atOnce.Count, Is.EqualTo(oneByOne.Count));
        for (int shard = 0; shard < 3; shard++)
        {
            Assert.That(atOnce.Shards[shard].Series.ToArray(), Is.EqualTo(oneByOne.Shards[shard].Series.ToArray()));
            Assert.That(atOnce.Shards[shard].TimestampsNs.ToArray(), Is.EqualTo(oneByOne.Shards[shard].TimestampsNs.ToArray()));
            Assert.That(
                atOnce.Shards[shard].Values.ToArray().Select(BitConverter.DoubleToInt64Bits),
                Is.EqualTo(oneByOne.Shards[shard].Values.ToArray().Select(BitConverter.DoubleToInt64Bits)));
        }
    }

    [Test]
    public void Add_MoreThanTheFirstCapacity_KeepsThemAll()
    {
        var batch = new WriteBatch(1);

        batch.Add(new SeriesHandle[5000], 7, new double[5000]);

        Assert.That(batch.Shards[0].Count, Is.EqualTo(5000));
        Assert.That(batch.Shards[0].TimestampsNs.ToArray(), Is.All.EqualTo(7));
    }

    [Test]
    public void Add_FewerValuesThanSeries_Throws() =>
        Assert.That(() => new WriteBatch(1).Add(new SeriesHandle[2], 0, new double[1]), Throws.ArgumentException);
}
