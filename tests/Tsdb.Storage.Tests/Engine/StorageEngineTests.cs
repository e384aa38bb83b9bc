using Tsdb.Model.Errors;
using Tsdb.Model.Labels;
using Tsdb.Model.Matching;
using Tsdb.Model.Reading;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Testing.Files;
using MatchType = Tsdb.Model.Matching.MatchType;

namespace Tsdb.Storage.Tests.Engine;

public sealed class StorageEngineTests
{
    private const long Hour = 3600 * Timestamps.NsPerSecond;

    private static readonly LabelSet CpuA = LabelSet.OfMetric("cpu", ("host", "a"));
    private static readonly LabelSet CpuB = LabelSet.OfMetric("cpu", ("host", "b"));
    private static readonly LabelSet MemA = LabelSet.OfMetric("mem", ("host", "a"));

    [Test]
    public async Task Append_Samples_AreThereInTheNextRead()
    {
        await using EngineBed bed = await EngineBed.OpenAsync(new InMemoryFileSystem());
        await bed.WriteAsync((CpuA, 1, 1), (CpuA, 2, 2), (CpuB, 1, 3));

        Dictionary<LabelSet, Sample[]> all = bed.ReadAll();

        Assert.That(all, Has.Count.EqualTo(2));
        Assert.That(all[CpuA], Is.EqualTo(new Sample[] { new(1, 1), new(2, 2) }));
        Assert.That(all[CpuB], Is.EqualTo(new Sample[] { new(1, 3) }));
    }

    [Test]
    public async Task Compact_SamplesWithLateOnes_ReadTheSameFromBlocks()
    {
        await using EngineBed bed = await EngineBed.OpenAsync(new InMemoryFileSystem());
        for (int i = 0; i < 1000; i++)
        {
            await bed.WriteAsync((CpuA, i * Timestamps.NsPerSecond, i), (CpuB, -i * Hour, i));
        }

        Dictionary<LabelSet, Sample[]> before = bed.ReadAll();
        await bed.Engine.CompactAsync(CancellationToken.None);

        Assert.That(bed.Engine.Statistics.HeadSamples, Is.Zero);
        Assert.That(bed.Engine.Statistics.BlockSamples, Is.EqualTo(2000));
        AssertSame(bed.ReadAll(), before);
    }

    [Test]
    public async Task Append_SameTimestampAgain_LastWriteWinsInMemoryAndAcrossBlocks()
    {
        await using EngineBed bed = await EngineBed.OpenAsync(new InMemoryFileSystem());
        await bed.WriteAsync((CpuA, 1, 1), (CpuA, 2, 2), (CpuA, 1, 10));
        await bed.Engine.CompactAsync(CancellationToken.None);
        await bed.WriteAsync((CpuA, 2, 20));
        await bed.Engine.CompactAsync(CancellationToken.None);
        await bed.WriteAsync((CpuA, 3, 3), (CpuA, 3, 30));

        Assert.That(bed.ReadAll()[CpuA], Is.EqualTo(new Sample[] { new(1, 10), new(2, 20), new(3, 30) }));
    }

    [Test]
    public async Task Open_AfterACleanStop_HoldsEverything()
    {
        var files = new InMemoryFileSystem();
        await using (EngineBed first = await EngineBed.OpenAsync(files))
        {
            await first.WriteAsync((CpuA, 1, 1));
            await first.Engine.CompactAsync(CancellationToken.None);
            await first.WriteAsync((CpuA, 2, 2), (MemA, 1, StalenessMarker.Value));
        }

        await using EngineBed second = await EngineBed.OpenAsync(files);
        await second.WriteAsync((CpuA, 3, 3));

        Assert.That(second.ReadAll()[CpuA], Is.EqualTo(new Sample[] { new(1, 1), new(2, 2), new(3, 3) }));
        Assert.That(StalenessMarker.Is(second.ReadAll()[MemA][0].Value), Is.True);
    }

    [TestCase(2, 1)]
    [TestCase(1, 3)]
    [TestCase(3, 2)]
    public async Task Open_WithAnotherShardCount_LosesNothing(int before, int after)
    {
        var files = new InMemoryFileSystem();
        LabelSet[] series = [.. Enumerable.Range(0, 50).Select(i => LabelSet.OfMetric("m", ("i", $"{i}")))];
        await using (EngineBed first = await EngineBed.OpenAsync(files, before))
        {
            await first.WriteAsync([.. series.Select((labels, i) => (labels, 1L, (double)i))]);
        }

        await using (EngineBed second = await EngineBed.OpenAsync(files, after))
        {
            await second.WriteAsync([.. series.Select((labels, i) => (labels, 2L, (double)i))]);
        }

        await using EngineBed third = await EngineBed.OpenAsync(files, after);
        Dictionary<LabelSet, Sample[]> all = third.ReadAll();
        for (int i = 0; i < series.Length; i++)
        {
            Assert.That(all[series[i]], Is.EqualTo(new Sample[] { new(1, i), new(2, i) }));
        }
    }

    [Test]
    public async Task Open_FolderInUse_IsRefusedWithASentence()
    {
        var files = new InMemoryFileSystem();
        await using EngineBed first = await EngineBed.OpenAsync(files);

        Assert.That(
            async () => await EngineBed.OpenAsync(files),
            Throws.InstanceOf<DataFolderException>().With.Message.EqualTo("The data folder /data is in use by another process."));
    }

    [Test]
    public async Task Select_Matchers_ApplyInMemoryAndInBlocks()
    {
        await using EngineBed bed = await EngineBed.OpenAsync(new InMemoryFileSystem());
        await bed.WriteAsync((CpuA, 1, 1), (MemA, 1, 1));
        await bed.Engine.CompactAsync(CancellationToken.None);
        await bed.WriteAsync((CpuA, 2, 2), (CpuB, 2, 2));

        Dictionary<LabelSet, Sample[]> found = bed.ReadAll(
            new LabelMatcher(MatchType.Equal, "__name__", "cpu"), new LabelMatcher(MatchType.Matches, "host", "a|c"));

        Assert.That(found.Keys, Is.EqualTo(new[] { CpuA }));
        Assert.That(found[CpuA], Has.Length.EqualTo(2));
    }

    [Test]
    public async Task LabelNamesAndValues_OnlyOfSeriesWithDataInTheRange()
    {
        await using EngineBed bed = await EngineBed.OpenAsync(new InMemoryFileSystem());
        await bed.WriteAsync((CpuA, 1, 1));
        await bed.Engine.CompactAsync(CancellationToken.None);
        await bed.WriteAsync((LabelSet.OfMetric("disk", ("device", "sda")), 100 * Hour, 1));
        var early = new SeriesSelection([], new TimeRange(0, Hour));
        var all = new SeriesSelection([], TimeRange.All);

        Assert.That(bed.Engine.Series.LabelNames(early, CancellationToken.None), Is.EqualTo(new[] { "__name__", "host" }));
        Assert.That(bed.Engine.Series.LabelNames(all, CancellationToken.None), Is.EqualTo(new[] { "__name__", "device", "host" }));
        Assert.That(bed.Engine.Series.LabelValues("__name__", all, CancellationToken.None), Is.EqualTo(new[] { "cpu", "disk" }));
        Assert.That(bed.Engine.Series.LabelValues("device", early, CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task Compact_LogOfFlushedSamples_IsReleased()
    {
        var files = new InMemoryFileSystem();
        IReadOnlyList<string> before;
        await using (EngineBed bed = await EngineBed.OpenAsync(files, shards: 1))
        {
            await bed.WriteAsync((CpuA, 1, 1));
            before = files.List("/data/wal/0000");
            await bed.Engine.CompactAsync(CancellationToken.None);
        }

        Assert.That(before, Is.Not.Empty);
        Assert.That(files.List("/data/wal/0000").Intersect(before), Is.Empty);
    }

    [Test]
    public async Task Retention_OldSamples_AreNotReturned()
    {
        var files = new InMemoryFileSystem();
        long now = Timestamps.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        var options = new StorageOptions { Retention = TimeSpan.FromHours(1) };
        await using EngineBed bed = await EngineBed.OpenAsync(files, options: options);
        await bed.WriteAsync((CpuA, now - (2 * Hour), 1), (CpuA, now, 2));

        Assert.That(bed.ReadAll()[CpuA], Is.EqualTo(new Sample[] { new(now, 2) }));
        Assert.That(bed.Engine.Appender.OldestAcceptedTimestampNs, Is.GreaterThanOrEqualTo(now - Hour));
    }

    private static void AssertSame(Dictionary<LabelSet, Sample[]> actual, Dictionary<LabelSet, Sample[]> expected)
    {
        Assert.That(actual.Keys, Is.EquivalentTo(expected.Keys));
        foreach ((LabelSet labels, Sample[] samples) in expected)
        {
            Assert.That(actual[labels], Is.EqualTo(samples), labels.ToString());
        }
    }
}
