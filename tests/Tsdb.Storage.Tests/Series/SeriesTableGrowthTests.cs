using System.Diagnostics;
using Tsdb.Model.Labels;
using Tsdb.Storage.Series;

namespace Tsdb.Storage.Tests.Series;

/// <summary>What many series cost. The long form is run by name: it measures pauses, which mean something on a quiet machine only.</summary>
[NonParallelizable]
public sealed class SeriesTableGrowthTests
{
    private const int FieldsPerHost = 10;

    [Test]
    public void GetOrAdd_ManySeries_TakeFewBytes() => Assert.That(Measure(50_000).BytesPerSeries, Is.LessThan(200));

    [Test]
    [Explicit("takes seconds and needs a quiet machine")]
    public void GetOrAdd_AMillionSeries_TakeFewBytesAndNoCallIsLong()
    {
        (long bytesPerSeries, TimeSpan longest) = Measure(1_000_000);
        Assert.That(bytesPerSeries, Is.LessThan(200));
        Assert.That(longest.TotalMilliseconds, Is.LessThan(50), "a collection may fall into it");
    }

    private static (long BytesPerSeries, TimeSpan Longest) Measure(int count)
    {
        byte[][] labels = [.. Enumerable.Range(0, 1000).Select(i => LabelsOf(i).Canonical.ToArray())];
        new SeriesTable().GetOrAdd(labels[0]);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var table = new SeriesTable();
        TimeSpan pauses = GC.GetTotalPauseDuration();
        TimeSpan longest = default;
        for (int from = 0; from < count; from += labels.Length)
        {
            for (int i = 0; i < labels.Length; i++)
            {
                labels[i] = LabelsOf(from + i).Canonical.ToArray();
            }

            foreach (byte[] one in labels)
            {
                long started = Stopwatch.GetTimestamp();
                table.GetOrAdd(one);
                TimeSpan took = Stopwatch.GetElapsedTime(started);
                longest = took > longest ? took : longest;
            }
        }

        long bytesPerSeries = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        TestContext.Out.WriteLine($"{count} series: {bytesPerSeries} bytes each, longest call {longest.TotalMilliseconds:F1} ms, " +
            $"collections in all {(GC.GetTotalPauseDuration() - pauses).TotalMilliseconds:F0} ms");
        Assert.That(table.Count, Is.EqualTo(count));
        return (bytesPerSeries, longest);
    }

    // Ten fields a host, eleven labels, as in TSBS.
    private static LabelSet LabelsOf(int i)
    {
        int host = i / FieldsPerHost;
        return LabelSet.OfMetric(
            $"cpu_usage_{i % FieldsPerHost}",
            ("arch", host % 2 == 0 ? "x64" : "x86"), ("datacenter", $"eu-west-1{host % 3}"), ("hostname", $"host_{host}"), ("os", $"Ubuntu{host % 3}"),
            ("rack", $"{host % 100}"), ("region", "eu-west-1"), ("service", $"{host % 20}"), ("service_environment", "production"),
            ("service_version", $"{host % 2}"), ("team", $"{host % 4}"));
    }
}
