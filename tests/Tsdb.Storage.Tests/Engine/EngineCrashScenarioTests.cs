using Tsdb.Model.Labels;
using Tsdb.Model.Writing;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Engine;

/// <summary>Loses power before every call that changes the disk, in what a server goes through: nothing acknowledged is lost, nothing invented.</summary>
public sealed class EngineCrashScenarioTests
{
    private const int Shards = 3;
    private static readonly LabelSet[] Series = [.. Enumerable.Range(0, 6).Select(i => LabelSet.OfMetric("m", ("i", $"{i}")))];

    [Test]
    public async Task Crash_WritesWhileAMemtableIsFlushed_LosesNothing([Values] CrashSurvivors survivors)
    {
        var recorder = new CrashRecorder(survivors, Small);
        await using (EngineBed bed = await EngineBed.OpenAsync(recorder.Disk, Shards))
        {
            for (int round = 0; round < 4; round++)
            {
                await recorder.WriteAsync(bed);
                Task flush = bed.Engine.CompactAsync(CancellationToken.None);
                await recorder.WriteAsync(bed);
                await recorder.WriteAsync(bed);
                await flush;
            }
        }

        Assert.That(recorder.ImageCount, Is.GreaterThan(50));
        await recorder.CheckAsync(Shards);
    }

    [Test]
    public async Task Crash_RequestsSentSeveralTimes_LosesNothing([Values] CrashSurvivors survivors)
    {
        var recorder = new CrashRecorder(survivors, Small);
        await using (EngineBed bed = await EngineBed.OpenAsync(recorder.Disk, Shards))
        {
            for (int request = 0; request < 8; request++)
            {
                await recorder.WriteAsync(bed, attempts: 3);
            }
        }

        await recorder.CheckAsync(Shards);
    }

    [Test]
    public async Task Crash_WeakerDurabilityBetween_LosesNothingThatWasToBeSafe([Values] CrashSurvivors survivors)
    {
        var recorder = new CrashRecorder(survivors, Small);
        await using (EngineBed bed = await EngineBed.OpenAsync(recorder.Disk, Shards))
        {
            for (int request = 0; request < 12; request++)
            {
                await recorder.WriteAsync(bed, (Durability)(request % 3));
            }
        }

        await recorder.CheckAsync(Shards);
    }

    [Test]
    public async Task Crash_LogGoesOnInNewSegments_LosesNothing([Values] CrashSurvivors survivors)
    {
        var recorder = new CrashRecorder(survivors, Large);
        await using (EngineBed bed = await EngineBed.OpenAsync(recorder.Disk, shards: 1))
        {
            for (int request = 0; request < 3; request++)
            {
                await recorder.WriteAsync(bed);
            }

            Assert.That(recorder.Disk.List("/data/wal/0000"), Has.Count.GreaterThan(1), "The log must have gone on in another segment.");
        }

        await recorder.CheckAsync(shards: 1);
    }

    private static (LabelSet Labels, long TimestampNs, double Value)[] Small(int request) =>
        [.. Series.Select((labels, i) => (labels, (long)((request * 10) + i), request + (0.1 * i)))];

    // Some 400 KB of log: values that no codec makes smaller.
    private static (LabelSet Labels, long TimestampNs, double Value)[] Large(int request)
    {
        var random = new Random(request);
        return [.. Enumerable.Range(0, 45_000).Select(i => (Series[i % Series.Length], ((request * 100_000L) + i) * 1_000_003, random.NextDouble()))];
    }
}
