using Tsdb.Model.Histograms;
using Tsdb.Model.Labels;
using Tsdb.Model.Samples;
using Tsdb.Query.Results;
using Tsdb.Testing.Files;

namespace Tsdb.Embedded.Tests;

public sealed class HistogramTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private static readonly long StartNs = Start.ToUnixTimeSeconds() * 1_000_000_000;
    private static readonly LabelSet Latency = LabelSet.OfMetric("latency_seconds", ("job", "a"));

    private static readonly NativeHistogram Integers = new IntegerHistogram
    {
        Schema = 0,
        Count = 6,
        Sum = 17.5,
        ZeroThreshold = 0.001,
        ZeroCount = 1,
        PositiveSpans = new[] { new HistogramSpan(1, 2) },
        PositiveCounts = new ulong[] { 2, 3 },
    };

    private TemporaryDirectory _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryDirectory();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Write_Histograms_AreSelectedAfterFlushAndReopening()
    {
        var stale = new IntegerHistogram { Schema = 0, Count = 0, Sum = StalenessMarker.Value };
        var batch = new SampleBatch();
        batch.Add(Latency, Start.AddSeconds(15), Integers.ToFloat());
        batch.Add(Latency, Start.AddSeconds(30), stale);
        batch.Add(Latency, Start.AddSeconds(45), 4.5);
        await using (TimeSeriesDatabase db = await TimeSeriesDatabase.OpenAsync(_folder.Path))
        {
            db.Write(Latency, Start, Integers);
            await db.CompactAsync();
            await db.WriteAsync(batch);
        }

        await using TimeSeriesDatabase again = await TimeSeriesDatabase.OpenAsync(_folder.Path);
        List<Series> found = [];
        await foreach (Series series in again.SelectAsync([], Start, Start.AddSeconds(60)))
        {
            found.Add(series);
        }

        Assert.That(found, Has.Count.EqualTo(1));
        Assert.That(found[0].Labels, Is.EqualTo(Latency));
        Assert.That(found[0].Samples, Is.EqualTo(new Sample[] { new(StartNs + 45_000_000_000, 4.5) }));
        Assert.That(found[0].Histograms, Is.EqualTo(new HistogramSample[]
        {
            new(StartNs, Integers),
            new(StartNs + 15_000_000_000, Integers.ToFloat()),
            new(StartNs + 30_000_000_000, stale),
        }));
    }

    [Test]
    public async Task QueryAsync_SeriesWithHistograms_SeesItsFloatsOnly()
    {
        await using TimeSeriesDatabase db = await TimeSeriesDatabase.OpenAsync(_folder.Path);
        db.Write(Latency, Start, 1);
        db.Write(Latency, Start.AddSeconds(1), Integers);

        using QueryResult result = await db.QueryAsync("latency_seconds", Start.AddSeconds(2));

        Assert.That(result.Series, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task SelectAsync_SeriesWithFloatsAlone_HasNoHistograms()
    {
        await using TimeSeriesDatabase db = await TimeSeriesDatabase.OpenAsync(_folder.Path);
        db.Write(Latency, Start, 1);

        await foreach (Series series in db.SelectAsync([], Start, Start))
        {
            Assert.That(series.Histograms, Is.Empty);
        }
    }

    [Test]
    public void Add_HistogramWhoseCountsDoNotFitItsSpans_Throws() => Assert.That(
        () => new SampleBatch().Add(Latency, 0, new FloatHistogram { Schema = 0, Count = 1, PositiveCounts = new double[1] }),
        Throws.ArgumentException);
}
