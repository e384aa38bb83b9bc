using Tsdb.Encoding;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Reading;

namespace Tsdb.Storage.Tests.Reading;

public sealed class MergedColumnReaderTests
{
    [Test]
    public void Read_NoChunks_HasNoRuns()
    {
        using var reader = new MergedColumnReader();
        reader.Begin([], TimeRange.All);

        Assert.That(reader.MoveNext(), Is.False);
    }

    [Test]
    public void Read_OneChunkInsideTheRange_IsOneRunWithItsTimestampColumn()
    {
        using EncodedChunk chunk = EncodedChunk.Of(ChunkCodec.Gorilla, rank: 0, [new Sample(1, 10), new Sample(2, 20)]);
        using var reader = new MergedColumnReader();
        reader.Begin([chunk.Slice], TimeRange.All);

        Assert.That(reader.MoveNext(), Is.True);
        Assert.That(reader.Current.Count, Is.EqualTo(2));
        Assert.That(reader.MoveNext(), Is.False);
    }

    [Test]
    public void Read_EqualTimestamps_HighestRankWins()
    {
        Sample[] merged = Merge(
            TimeRange.All,
            (ChunkCodec.Gorilla, 4, [new Sample(1, 1), new Sample(2, 2), new Sample(3, 3)]),
            (ChunkCodec.Raw, 5, [new Sample(2, 22)]),
            (ChunkCodec.Gorilla, 0, [new Sample(2, 222), new Sample(4, 4)]));

        Assert.That(merged, Is.EqualTo(new Sample[] { new(1, 1), new(2, 22), new(3, 3), new(4, 4) }));
    }

    [Test]
    public void Read_RangeInsideAChunk_IsCutOnBothSides()
    {
        Sample[] merged = Merge(new TimeRange(2, 3), (ChunkCodec.Gorilla, 0, [new Sample(1, 1), new Sample(2, 2), new Sample(3, 3), new Sample(4, 4)]));

        Assert.That(merged, Is.EqualTo(new Sample[] { new(2, 2), new(3, 3) }));
    }

    [Test]
    public void Read_ExtremeTimestamps_AreKept()
    {
        Sample[] merged = Merge(
            TimeRange.All, (ChunkCodec.Gorilla, 0, [new Sample(long.MinValue, 1), new Sample(long.MaxValue, 2)]), (ChunkCodec.Raw, 1, [new Sample(0, 3)]));

        Assert.That(merged, Is.EqualTo(new Sample[] { new(long.MinValue, 1), new(0, 3), new(long.MaxValue, 2) }));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Read_AnyLayers_EqualsASortedDictionary((byte Time, byte Value)[][] layers, byte from, byte to)
    {
        var expected = new SortedDictionary<long, double>();
        var chunks = new List<(ChunkCodec, long, Sample[])>();
        for (int rank = 0; rank < layers.Length; rank++)
        {
            Sample[] samples = [.. layers[rank].DistinctBy(s => s.Time).OrderBy(s => s.Time).Select(s => new Sample(s.Time, s.Value))];
            foreach (Sample sample in samples)
            {
                if (sample.TimestampNs >= from && sample.TimestampNs <= to)
                {
                    expected[sample.TimestampNs] = sample.Value;
                }
            }

            ChunkCodec codec = rank % 2 == 0 ? ChunkCodec.Gorilla : ChunkCodec.Raw;
            chunks.AddRange(samples.Chunk(3).Select(part => (codec, (long)rank, part)));
        }

        Sample[] merged = Merge(new TimeRange(from, to), [.. chunks]);
        return merged.SequenceEqual(expected.Select(pair => new Sample(pair.Key, pair.Value)));
    }

    private static Sample[] Merge(TimeRange range, params (ChunkCodec Codec, long Rank, Sample[] Samples)[] parts)
    {
        EncodedChunk[] chunks = [.. parts.Select(part => EncodedChunk.Of(part.Codec, part.Rank, part.Samples))];
        using var reader = new MergedColumnReader();
        var slices = new List<ChunkSlice>(chunks.Select(chunk => chunk.Slice).Reverse());
        reader.Begin(slices, range);
        var merged = new List<Sample>();
        while (reader.MoveNext())
        {
            long[] timestampsNs = new long[reader.Current.Count];
            double[] values = new double[reader.Current.Count];
            reader.Read(timestampsNs, values);
            merged.AddRange(timestampsNs.Zip(values, (timestampNs, value) => new Sample(timestampNs, value)));
        }

        foreach (EncodedChunk chunk in chunks)
        {
            chunk.Dispose();
        }

        return [.. merged];
    }
}
