using Tsdb.Model.Histograms;
using Tsdb.Model.Labels;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Engine;

/// <summary>As <see cref="EngineCrashTests"/>, with histograms: what was acknowledged before the stop is there, whole, and nothing else.</summary>
public sealed class EngineHistogramCrashTests
{
    private const int RequestCount = 8;

    private static readonly LabelSet[] Series = [.. Enumerable.Range(0, 4).Select(i => LabelSet.OfMetric("h", ("i", $"{i}")))];

    [TestCase(CrashSurvivors.SyncedOnly)]
    [TestCase(CrashSurvivors.Everything)]
    [TestCase(CrashSurvivors.AnyMix)]
    public async Task Crash_BeforeEachCall_KeepsAcknowledgedHistogramsAndInventsNone(CrashSurvivors survivors)
    {
        var images = new List<(string Call, int Acknowledged, InMemoryFileSystem Disk)>();
        int acknowledged = 0;
        var disk = new InMemoryFileSystem();
        disk.BeforeCall = (call, path) => images.Add(($"{call} {path}", Volatile.Read(ref acknowledged), disk.Crash(survivors, images.Count)));
        await RunAsync(disk, () => Interlocked.Increment(ref acknowledged));
        disk.BeforeCall = null;

        Assert.That(images, Has.Count.GreaterThan(30));
        foreach ((string call, int written, InMemoryFileSystem image) in images)
        {
            await using EngineBed bed = await EngineBed.OpenAsync(image);
            Check(bed.ReadHistograms(), written, call);
        }
    }

    private static async Task RunAsync(InMemoryFileSystem disk, Action acknowledge)
    {
        await using EngineBed bed = await EngineBed.OpenAsync(disk);
        for (int request = 0; request < RequestCount; request++)
        {
            await bed.WriteHistogramsAsync(Request(request));
            acknowledge();
            if (request is 3 or 5)
            {
                await bed.Engine.CompactAsync(CancellationToken.None);
            }
        }
    }

    private static void Check(Dictionary<LabelSet, HistogramSample[]> found, int acknowledged, string call)
    {
        foreach (LabelSet labels in Series)
        {
            // The number written last at each time, by acknowledged requests; later requests may have left theirs.
            Dictionary<long, int> least = Enumerable.Range(0, acknowledged).SelectMany(Request).Where(written => written.Labels == labels)
                .GroupBy(written => written.TimestampNs).ToDictionary(same => same.Key, same => (int)(NumberOf(same.Last().Histogram)));
            HistogramSample[] samples = found.GetValueOrDefault(labels, []);

            Assert.That(samples.Select(sample => sample.TimestampNs), Is.SupersetOf(least.Keys), $"{labels} after a crash before: {call}");
            foreach (HistogramSample sample in samples)
            {
                IEnumerable<NativeHistogram> possible = Enumerable.Range(acknowledged, RequestCount - acknowledged).SelectMany(Request)
                    .Where(written => written.Labels == labels && written.TimestampNs == sample.TimestampNs).Select(written => written.Histogram);
                possible = least.TryGetValue(sample.TimestampNs, out int number) ? possible.Append(AnyHistogram.Of(number)) : possible;
                Assert.That(possible, Does.Contain(sample.Histogram), $"{labels} at {sample.TimestampNs} after a crash before: {call}");
            }
        }
    }

    private static double NumberOf(NativeHistogram histogram) => histogram.TotalCount - 15;

    private static (LabelSet Labels, long TimestampNs, NativeHistogram Histogram)[] Request(int request) =>
        [.. Series.Select((labels, i) => (labels, (long)((request * 10) + i), AnyHistogram.Of((request * 100) + i))),
            (Series[0], 3, AnyHistogram.Of(request)), // the same timestamp in every request: the last one wins
            (Series[1], 1000 - request, AnyHistogram.Of(request))]; // ever later
}
