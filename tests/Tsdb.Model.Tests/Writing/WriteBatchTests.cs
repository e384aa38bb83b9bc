using Tsdb.Model.Histograms;
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
    public void AddHistogram_EncodedOrNot_KeepsTheSameBytesInOrder()
    {
        var batch = new WriteBatch(2);
        NativeHistogram[] histograms = [.. Enumerable.Range(0, 200).Select(i => new IntegerHistogram { Schema = 2, Count = (ulong)i << 20, Sum = i })];

        for (int i = 0; i < histograms.Length; i++)
        {
            var series = new SeriesHandle(1, new SeriesRef((uint)i));
            if (i % 2 == 0)
            {
                batch.AddHistogram(series, i * 10, histograms[i]);
            }
            else
            {
                batch.AddHistogram(series, i * 10, HistogramCodec.Encode(histograms[i]));
            }
        }

        HistogramColumns columns = batch.Shards[1].Histograms!;
        Assert.That(batch.Count, Is.EqualTo(200));
        Assert.That(batch.Shards[0].Histograms, Is.Null);
        Assert.That(columns.Series.ToArray(), Is.EqualTo(Enumerable.Range(0, 200)));
        Assert.That(columns.TimestampsNs.ToArray(), Is.EqualTo(Enumerable.Range(0, 200).Select(i => i * 10L)));
        Assert.That(columns.Bytes.ToArray(), Is.EqualTo(histograms.SelectMany(HistogramCodec.Encode)));
        Assert.That(columns.Ends[^1], Is.EqualTo(columns.Bytes.Length));
    }

    [Test]
    public void ClearSamples_WithHistograms_LeavesNone()
    {
        var batch = new WriteBatch(1);
        batch.AddHistogram(default, 1, new IntegerHistogram { Schema = 0, Count = 1 });

        Assert.That(batch.Shards[0].IsEmpty, Is.False);
        batch.ClearSamples();

        Assert.That(batch.Shards[0].IsEmpty, Is.True);
        Assert.That(batch.Shards[0].Histograms!.Bytes.Length, Is.Zero);
    }

    [TestCase(0)]
    [TestCase(HistogramCodec.MaxLengthBytes + 1)]
    public void AddHistogram_ImpossibleLength_Throws(int lengthBytes) =>
        Assert.That(() => new WriteBatch(1).AddHistogram(default, 0, new byte[lengthBytes]), Throws.ArgumentException);

    [Test]
    public void Add_FewerValuesThanSeries_Throws() =>
        Assert.That(() => new WriteBatch(1).Add(new SeriesHandle[2], 0, new double[1]), Throws.ArgumentException);
}
