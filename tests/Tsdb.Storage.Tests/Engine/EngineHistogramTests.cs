using Tsdb.Model.Errors;
using Tsdb.Model.Histograms;
using Tsdb.Model.Labels;
using Tsdb.Model.Placement;
using Tsdb.Model.Reading;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Model.Writing;
using Tsdb.Storage.Blocks;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Engine;

/// <summary>Histograms live as long, and are merged as, floats do: in memory, in the log, in blocks.</summary>
public sealed class EngineHistogramTests
{
    private static readonly LabelSet A = LabelSet.OfMetric("latency", ("host", "a"));
    private static readonly LabelSet B = LabelSet.OfMetric("latency", ("host", "b"));

    [Test]
    public async Task Append_Histograms_AreReadInTimeOrderBitForBit()
    {
        await using EngineBed bed = await EngineBed.OpenAsync(new InMemoryFileSystem());
        await bed.WriteHistogramsAsync((A, 30, AnyHistogram.Of(3)), (B, 5, AnyHistogram.Of(9)), (A, 10, AnyHistogram.Of(1)), (A, 20, AnyHistogram.Of(2)));

        Dictionary<LabelSet, HistogramSample[]> found = bed.ReadHistograms();

        Assert.That(found[A], Is.EqualTo(Samples((10, 1), (20, 2), (30, 3))));
        Assert.That(found[B], Is.EqualTo(Samples((5, 9))));
        Assert.That(bed.ReadAll(), Is.Empty, "floats");
    }

    [Test]
    public async Task Append_LateAndRepeatedAcrossFlushes_LastWriteWins()
    {
        await using EngineBed bed = await EngineBed.OpenAsync(new InMemoryFileSystem());
        await bed.WriteHistogramsAsync((A, 10, AnyHistogram.Of(1)), (A, 20, AnyHistogram.Of(2)), (A, 10, AnyHistogram.Of(11)));
        await bed.Engine.CompactAsync(CancellationToken.None);
        await bed.WriteHistogramsAsync((A, 20, AnyHistogram.Of(22)), (A, 5, AnyHistogram.Of(5)));
        await bed.Engine.CompactAsync(CancellationToken.None);
        await bed.WriteHistogramsAsync((A, 30, AnyHistogram.Of(3)), (A, 5, AnyHistogram.Of(55)), (A, 15, AnyHistogram.Of(15)));

        Assert.That(bed.ReadHistograms()[A], Is.EqualTo(Samples((5, 55), (10, 11), (15, 15), (20, 22), (30, 3))));
        Assert.That(bed.ReadHistograms(new TimeRange(6, 20))[A], Is.EqualTo(Samples((10, 11), (15, 15), (20, 22))));
        Assert.That(bed.ReadHistograms(new TimeRange(31, 40)), Is.Empty);
    }

    [Test]
    public async Task Compact_FloatsAndHistogramsOfOneSeries_KeepsBoth()
    {
        await using EngineBed bed = await EngineBed.OpenAsync(new InMemoryFileSystem());
        for (int i = 0; i < 500; i++)
        {
            await bed.WriteAsync((A, i * 10, i), (B, i * 10, i));
            await bed.WriteHistogramsAsync((A, (i * 10) + (i % 2), AnyHistogram.Of(i)));
        }

        Dictionary<LabelSet, Sample[]> floats = bed.ReadAll();
        HistogramSample[] histograms = bed.ReadHistograms()[A];
        await bed.Engine.CompactAsync(CancellationToken.None);

        Assert.That(histograms, Has.Length.EqualTo(500));
        Assert.That(bed.Engine.Statistics.HeadSamples, Is.Zero);
        Assert.That(bed.Engine.Statistics.BlockSamples, Is.EqualTo(1500));
        Assert.That(bed.ReadHistograms()[A], Is.EqualTo(histograms));
        Assert.That(bed.ReadHistograms().Keys, Is.EquivalentTo(new[] { A }));
        Assert.That(bed.ReadAll()[A], Is.EqualTo(floats[A]));
        Assert.That(bed.Read(new TimeRange(100, 130))[A], Has.Length.EqualTo(4));
        Assert.That(bed.ReadHistograms(new TimeRange(100, 130))[A], Has.Length.EqualTo(3), "100, 111, 120");
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(5)]
    public async Task Open_WithAnyShardCount_ReplaysHistograms(int shards)
    {
        var files = new InMemoryFileSystem();
        await using (EngineBed first = await EngineBed.OpenAsync(files, shards: 2))
        {
            await first.WriteHistogramsAsync((A, 1, AnyHistogram.Of(1)), (B, 1, AnyHistogram.Of(7)));
            await first.Engine.CompactAsync(CancellationToken.None);
            await first.WriteHistogramsAsync((A, 2, AnyHistogram.Of(2)), (A, 1, AnyHistogram.Of(10)));
            await first.WriteAsync((B, 3, 3));
        }

        await using EngineBed second = await EngineBed.OpenAsync(files, shards);

        Assert.That(second.ReadHistograms()[A], Is.EqualTo(Samples((1, 10), (2, 2))));
        Assert.That(second.ReadHistograms()[B], Is.EqualTo(Samples((1, 7))));
        Assert.That(second.ReadAll()[B], Is.EqualTo(new Sample[] { new(3, 3) }));
    }

    [Test]
    public async Task Append_MoreThanAMemtable_FlushesAndKeepsAll()
    {
        await using EngineBed bed = await EngineBed.OpenAsync(new InMemoryFileSystem(), shards: 1);
        NativeHistogram large = new FloatHistogram
        {
            Schema = NativeHistogram.CustomBucketsSchema,
            Count = 1,
            PositiveSpans = new[] { new HistogramSpan(0, 20_000) },
            PositiveCounts = new double[20_000],
            CustomBounds = new double[] { 1 },
        };
        for (int i = 0; i < 30; i++)
        {
            await bed.WriteHistogramsAsync((A, i, large));
            if (i % 8 == 7)
            {
                await bed.Engine.CompactAsync(CancellationToken.None);
            }
        }

        Assert.That(bed.ReadHistograms()[A].Select(sample => sample.TimestampNs), Is.EqualTo(Enumerable.Range(0, 30)));
        Assert.That(bed.ReadHistograms()[A].Select(sample => sample.Histogram), Is.All.EqualTo(large));
    }

    [Test]
    public async Task LabelValues_OfSeriesWithHistogramsAlone_AreThere([Values] bool isFlushed)
    {
        await using EngineBed bed = await EngineBed.OpenAsync(new InMemoryFileSystem());
        await bed.WriteHistogramsAsync((A, 10, AnyHistogram.Of(1)), (B, 99, AnyHistogram.Of(1)));
        if (isFlushed)
        {
            await bed.Engine.CompactAsync(CancellationToken.None);
        }

        var selection = new SeriesSelection([], new TimeRange(0, 50));
        Assert.That(bed.Engine.Series.LabelValues("host", selection, CancellationToken.None), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task Read_DamagedChunk_NamesFileAndOffset()
    {
        var files = new InMemoryFileSystem();
        await using (EngineBed bed = await EngineBed.OpenAsync(files, shards: 1))
        {
            await bed.WriteHistogramsAsync((A, 1, AnyHistogram.Of(1)));
            await bed.WriteAsync((A, 1, 1));
            await bed.Engine.CompactAsync(CancellationToken.None);
        }

        string path = $"/data/blocks/{files.List("/data/blocks").Single()}/{BlockNames.Chunks}";
        byte[] bytes = files.ReadAllBytes(path);
        bytes[80 + 20] ^= 1; // in the first frame, which begins at byte 80
        files.WriteAllBytes(path, bytes);
        await using EngineBed reopened = await EngineBed.OpenAsync(files, shards: 1);

        Assert.That(() => reopened.ReadHistograms(), Throws.TypeOf<CorruptionException>().With.Message.Contains(path).And.Message.Contains("80"));
        Assert.That(reopened.ReadAll()[A], Is.EqualTo(new Sample[] { new(1, 1) }), "the block's other chunks serve");
    }

    [Test]
    public async Task Append_BytesThatAreNoHistogram_FailsTheReaderWhoDecodesThem()
    {
        await using EngineBed bed = await EngineBed.OpenAsync(new InMemoryFileSystem());
        var batch = new WriteBatch(bed.Engine.Appender.ShardCount);
        SeriesHandle series = bed.Engine.Appender.Resolve(A.Canonical);
        batch.AddHistogram(series, 1, new byte[] { 0xFF });
        bed.Engine.Appender.Append(batch);

        Assert.That(() => bed.ReadHistograms(), Throws.TypeOf<CorruptionException>());
    }

    private static HistogramSample[] Samples(params (long TimestampNs, int Number)[] samples) =>
        [.. samples.Select(sample => new HistogramSample(sample.TimestampNs, AnyHistogram.Of(sample.Number)))];
}
