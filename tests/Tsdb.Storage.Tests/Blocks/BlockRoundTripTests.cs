using Tsdb.Model.Labels;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Storage.Blocks;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Index;
using Tsdb.Storage.Series;
using Tsdb.Storage.Tests.Index;
using Tsdb.Testing.Files;
using Tsdb.Testing.Samples;

namespace Tsdb.Storage.Tests.Blocks;

public sealed class BlockRoundTripTests
{
    [FsCheck.NUnit.Property(MaxTest = 200)]
    public void Open_AnySeries_HoldsTheSameLabelsSamplesAndPostings(int seed)
    {
        TestSeries[] series = RandomSeries(new Random(seed), count: 1 + ((seed & 0xFF) % 150));
        InMemoryFileSystem files = TestBlock.NewDisk();
        BlockMeta meta = TestBlock.Write(files, series);

        Block block = Block.Open(files, TestBlock.Folder);

        Assert.That(block.Meta, Is.EqualTo(meta));
        Assert.That(meta.SampleCount, Is.EqualTo(series.Sum(s => s.Samples.Count)));
        Assert.That(meta.Range, Is.EqualTo(new TimeRange(series.Min(s => s.Samples[0].TimestampNs), series.Max(s => s.Samples[^1].TimestampNs))));
        for (uint row = 0; row < series.Length; row++)
        {
            Assert.That(TestBlock.LabelsOf(block, row), Is.EqualTo(series[row].Labels));
            Assert.That(TestBlock.SamplesOf(block, row), Is.EqualTo(series[row].Samples));
        }

        AssertSamePostings(block, new FakeLabelIndex([.. series.Select(s => s.Labels)]), series);
        block.Scrub();
        block.Release();
    }

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public bool CopyLabels_AnyOrderOfRows_GivesEachItsLabels(int seed)
    {
        var random = new Random(seed);
        TestSeries[] series = RandomSeries(random, count: 200);
        InMemoryFileSystem files = TestBlock.NewDisk();
        TestBlock.Write(files, series);
        Block block = Block.Open(files, TestBlock.Folder);

        return Enumerable.Range(0, 100).Select(_ => random.Next(series.Length)).All(row => TestBlock.LabelsOf(block, (uint)row) == series[row].Labels);
    }

    [Test]
    public void VisitValues_Prefix_ShowsTheValuesThatBeginWithIt()
    {
        InMemoryFileSystem files = TestBlock.NewDisk();
        string[] hosts = ["", "h", "h1", "h10", "h11", "h2", "i", "h1\u00e9"];
        TestBlock.Write(files, hosts.Select(h => A.Series("m", ("host", h), ("z", "h1z")).Values(1)));
        Block block = Block.Open(files, TestBlock.Folder);
        var visitor = new PrefixVisitor("h1"u8.ToArray());

        block.VisitValues("host"u8, ref visitor);

        Assert.That(visitor.Seen, Is.EqualTo(new[] { "h1", "h10", "h11", "h1\u00e9" }));
        Assert.That(visitor.Postings.Count, Is.EqualTo(4));
    }

    [Test]
    public void CollectChunks_Range_GivesTheOverlappingChunksWithTheRank()
    {
        InMemoryFileSystem files = TestBlock.NewDisk();
        TestSeries series = A.Series("m").From(0).Every(TimeSpan.FromTicks(1)).Values(1, 2, 3, 4, 5, 6, 7, 8, 9); // at 0, 100, … 800 ns
        TestBlock.Write(files, [series]);
        Block block = Block.Open(files, TestBlock.Folder);
        var chunks = new List<ChunkSlice>();

        block.CollectChunks(0, new TimeRange(250, 300), rank: 7, chunks);

        Assert.That(chunks, Has.Count.EqualTo(1));
        Assert.That((chunks[0].MinTimeNs, chunks[0].MaxTimeNs, chunks[0].Rank), Is.EqualTo((300L, 500L, 7L)));
    }

    [Test]
    public void TimestampColumnId_EqualTimestamps_IsEqual()
    {
        InMemoryFileSystem files = TestBlock.NewDisk();
        TestBlock.Write(files, [A.Series("a").Values(1, 2), A.Series("b").Values(3, 4), A.Series("c").Every(2.Seconds()).Values(3, 4)]);
        Block block = Block.Open(files, TestBlock.Folder);

        ulong[] ids = [.. Enumerable.Range(0, 3).Select(row => TestBlock.EntriesOf(block, (uint)row)[0].Column.Id)];

        Assert.That(ids[0], Is.EqualTo(ids[1]).And.Not.EqualTo(ids[2]).And.Not.Zero);
    }

    [Test]
    public void Publish_WithoutSeries_GivesABlockThatMatchesNothing()
    {
        InMemoryFileSystem files = TestBlock.NewDisk();
        BlockMeta meta = TestBlock.Write(files, []);
        Block block = Block.Open(files, TestBlock.Folder);

        Assert.That((block.SeriesCount, meta.Range.IsEmpty), Is.EqualTo((0, true)));
    }

    [Test]
    public void BeginSeries_OutOfOrder_Throws()
    {
        using BlockWriter writer = TestBlock.NewWriter(TestBlock.NewDisk());
        writer.BeginSeries(LabelSet.OfMetric("b").Canonical);
        Assert.That(() => writer.BeginSeries(LabelSet.OfMetric("b").Canonical), Throws.ArgumentException);
        Assert.That(() => writer.BeginSeries(LabelSet.OfMetric("a").Canonical), Throws.ArgumentException);
    }

    [Test]
    public void AddChunk_OverlappingTheLast_Throws()
    {
        using BlockWriter writer = TestBlock.NewWriter(TestBlock.NewDisk());
        writer.BeginSeries(LabelSet.OfMetric("b").Canonical);
        writer.AddChunk(TestChunk.Raw([new Sample(1, 1), new Sample(5, 1)]));
        Assert.That(() => writer.AddChunk(TestChunk.Raw([new Sample(5, 1)])), Throws.ArgumentException);
        Assert.That(() => writer.AddChunk(TestChunk.Raw([new Sample(9, 1), new Sample(7, 1)])), Throws.ArgumentException);
    }

    private static void AssertSamePostings(Block block, FakeLabelIndex definition, TestSeries[] series)
    {
        var found = new PostingBuffer();
        var expected = new PostingBuffer();
        foreach (Label label in series.SelectMany(s => s.Labels).Append(new Label("nosuch", "x")).Distinct())
        {
            found.Clear();
            expected.Clear();
            byte[] name = System.Text.Encoding.UTF8.GetBytes(label.Name);
            byte[] value = System.Text.Encoding.UTF8.GetBytes(label.Value);
            block.CopyPostings(name, value, found);
            definition.CopyPostings(name, value, expected);
            Assert.That(found.Items.ToArray(), Is.EqualTo(expected.Items.ToArray().Select(n => n - FakeLabelIndex.FirstSeries)));
        }

        for (uint row = 0; row < series.Length; row++)
        {
            found.Clear();
            block.CopyVirtualShard(SeriesPlacement.VirtualShardOf(series[row].Labels.Canonical), found);
            Assert.That(found.Items.ToArray(), Does.Contain(row));
        }
    }

    private static TestSeries[] RandomSeries(Random random, int count)
    {
        string[] values = ["a", "b", "ab", "abc", "\u00fc", "zz", "10", "11", new string('x', 300)];
        var sets = new SortedSet<LabelSet>();
        while (sets.Count < count)
        {
            (string, string)[] labels = [.. Enumerable.Range(0, random.Next(6)).Select(i => ("l" + i, values[random.Next(values.Length)]))];
            sets.Add(LabelSet.OfMetric("m" + random.Next(3), [.. labels, ("n", $"{random.Next(1000)}")]));
        }

        return [.. sets.Select(labels => new TestSeries(labels, RandomSamples(random)))];
    }

    private static Sample[] RandomSamples(Random random)
    {
        double[] special = [double.NaN, A.Stale, double.PositiveInfinity, double.NegativeInfinity, -0.0, 0, 1.25, 1e300, double.Epsilon];
        long timestampNs = random.NextInt64(long.MinValue / 2, long.MaxValue / 2);
        return [.. Enumerable.Range(0, 1 + random.Next(9)).Select(_ => new Sample(
            timestampNs += 1 + random.NextInt64(1L << random.Next(50)), random.Next(3) == 0 ? special[random.Next(special.Length)] : random.Next(100)))];
    }

    private sealed class PrefixVisitor(byte[] prefix) : ILabelValueVisitor
    {
        public List<string> Seen { get; } = [];

        public PostingBuffer Postings { get; } = new();

        public ReadOnlySpan<byte> Prefix => prefix;

        public bool Wants(ReadOnlySpan<byte> value)
        {
            Seen.Add(System.Text.Encoding.UTF8.GetString(value));
            return true;
        }
    }
}
