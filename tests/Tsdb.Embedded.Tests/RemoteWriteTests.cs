using Tsdb.Ingest.RemoteWrite;
using Tsdb.Model.Histograms;
using Tsdb.Model.Metadata;
using Tsdb.Model.Samples;
using Tsdb.Testing.Files;
using Tsdb.Testing.RemoteWrite;
using V2 = Tsdb.Testing.RemoteWrite.V2;

namespace Tsdb.Embedded.Tests;

public sealed class RemoteWriteTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Test]
    public async Task WriteRemoteWriteAsync_SamplesHistogramsAndMetadata_AreThereAfterReopening()
    {
        using var folder = new TemporaryDirectory();
        long startMs = Start.ToUnixTimeMilliseconds();
        V2Message message = new V2Message()
            .Series(startMs, 1.5, ("__name__", "up"), ("job", "a")).Metadata(V2.Metadata.Types.MetricType.Gauge, "Up.", "")
            .Series([], ("__name__", "latency_seconds"));
        message.Request.Timeseries[1].Histograms.Add(new V2.Histogram
        {
            CountFloat = 2.5,
            Sum = 7,
            Timestamp = startMs,
            PositiveSpans = { new V2.BucketSpan { Length = 1 } },
            PositiveCounts = { 2.5 },
        });

        await using (TimeSeriesDatabase db = await TimeSeriesDatabase.OpenAsync(folder.Path))
        {
            RemoteWriteReport report = await db.WriteRemoteWriteAsync(message.Bytes, new RemoteWriteRequest(RemoteWriteVersion.V2));
            Assert.That((report.IsComplete, report.WrittenSamples, report.WrittenHistograms), Is.EqualTo((true, 1, 1)));
        }

        await using TimeSeriesDatabase again = await TimeSeriesDatabase.OpenAsync(folder.Path);
        var found = new Dictionary<string, Series>();
        await foreach (Series series in again.SelectAsync([], Start, Start))
        {
            found.Add(series.Labels.MetricName, series);
        }

        Assert.That(found["up"].Samples, Is.EqualTo(new[] { new Sample(startMs * 1_000_000, 1.5) }));
        Assert.That(found["latency_seconds"].Histograms.Single().Histogram, Is.EqualTo(new FloatHistogram
        {
            Schema = 0,
            Count = 2.5,
            Sum = 7,
            PositiveSpans = new HistogramSpan[] { new(0, 1) },
            PositiveCounts = new[] { 2.5 },
        }));
        Assert.That(again.Metadata.List(), Is.EqualTo(new[] { new MetricMetadata("up", MetricType.Gauge, "Up.", "") }));
    }
}
