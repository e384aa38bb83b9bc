using Tsdb.Model.Labels;
using Tsdb.Model.Samples;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Engine;

/// <summary>Stops the engine before every call that changes the disk: what was acknowledged by then is there after opening again, and nothing else.</summary>
public sealed class EngineCrashTests
{
    private static readonly LabelSet[] Series = [.. Enumerable.Range(0, 6).Select(i => LabelSet.OfMetric("m", ("i", $"{i}")))];

    [TestCase(CrashSurvivors.SyncedOnly)]
    [TestCase(CrashSurvivors.Everything)]
    [TestCase(CrashSurvivors.AnyMix)]
    public async Task Crash_BeforeEachCall_KeepsAcknowledgedSamplesAndInventsNone(CrashSurvivors survivors)
    {
        var images = new List<(string Call, int Acknowledged, InMemoryFileSystem Disk)>();
        int acknowledged = 0;
        var disk = new InMemoryFileSystem();
        disk.BeforeCall = (call, path) => images.Add(($"{call} {path}", Volatile.Read(ref acknowledged), disk.Crash(survivors, images.Count)));
        await RunAsync(disk, () => Interlocked.Increment(ref acknowledged));
        disk.BeforeCall = null;

        Assert.That(images, Has.Count.GreaterThan(50));
        foreach ((string call, int written, InMemoryFileSystem image) in images)
        {
            await CheckAsync(image, written, call);
        }
    }

    // Two flushes with writes before, between and after them; late samples and overwritten ones among them.
    private static async Task RunAsync(InMemoryFileSystem disk, Action acknowledge)
    {
        await using EngineBed bed = await EngineBed.OpenAsync(disk);
        for (int request = 0; request < 12; request++)
        {
            await bed.WriteAsync(Request(request));
            acknowledge();
            if (request is 4 or 8)
            {
                await bed.Engine.CompactAsync(CancellationToken.None);
            }
        }
    }

    private static async Task CheckAsync(InMemoryFileSystem image, int acknowledged, string call)
    {
        await using EngineBed bed = await EngineBed.OpenAsync(image);
        Dictionary<LabelSet, Sample[]> found = bed.ReadAll();
        foreach (LabelSet labels in Series)
        {
            Sample[] samples = found.GetValueOrDefault(labels, []);
            Dictionary<long, double> least = Expected(labels, acknowledged);
            Assert.That(samples.Select(sample => sample.TimestampNs), Is.SupersetOf(least.Keys), $"after a crash before: {call}");
            foreach (Sample sample in samples)
            {
                IEnumerable<double> possible = Written(labels, acknowledged).Where(written => written.TimestampNs == sample.TimestampNs)
                    .Select(written => written.Value).Append(least.GetValueOrDefault(sample.TimestampNs, double.NaN));
                Assert.That(possible, Does.Contain(sample.Value), $"{labels} at {sample.TimestampNs} after a crash before: {call}");
            }
        }
    }

    private static (LabelSet Labels, long TimestampNs, double Value)[] Request(int request) =>
        [.. Series.Select((labels, i) => (labels, (long)((request * 10) + i), request + (0.1 * i))),
            (Series[0], 3, request), // the same timestamp in every request: the last one wins
            (Series[1], 1000 - request, request)]; // ever later

    // The value each timestamp must have at least reached, by the requests acknowledged.
    private static Dictionary<long, double> Expected(LabelSet labels, int acknowledged)
    {
        var expected = new Dictionary<long, double>();
        foreach ((LabelSet written, long timestampNs, double value) in Enumerable.Range(0, acknowledged).SelectMany(Request))
        {
            if (written == labels)
            {
                expected[timestampNs] = value;
            }
        }

        return expected;
    }

    // What requests that were not acknowledged may have left: all of it, some of it, or nothing.
    private static IEnumerable<(long TimestampNs, double Value)> Written(LabelSet labels, int acknowledged) =>
        Enumerable.Range(acknowledged, 12 - acknowledged).SelectMany(Request).Where(written => written.Labels == labels)
            .Select(written => (written.TimestampNs, written.Value));
}
