using Tsdb.Model.Labels;
using Tsdb.Model.Samples;
using Tsdb.Model.Writing;
using Tsdb.Storage.Tests.Engine;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Checkpoints;

/// <summary>Writes that come between a checkpoint's moment and its end are in the log's tail, and perhaps in the checkpoint as well.</summary>
public sealed class CheckpointMomentTests
{
    private static readonly LabelSet CpuA = LabelSet.OfMetric("cpu", ("host", "a"));
    private static readonly LabelSet CpuB = LabelSet.OfMetric("cpu", ("host", "b"));
    private static readonly LabelSet CpuC = LabelSet.OfMetric("cpu", ("host", "c"));

    [TestCase(FileCall.CreateFile)]
    [TestCase(FileCall.Write)]
    [TestCase(FileCall.Sync)]
    [TestCase(FileCall.Rename)]
    public async Task Append_WhileACheckpointIsWritten_IsReplayedToTheSameSamples(FileCall during)
    {
        var files = new InMemoryFileSystem();
        await using (EngineBed bed = await EngineBed.OpenAsync(files, shards: 1))
        {
            await bed.WriteAsync((CpuA, 10, 1), (CpuA, 20, 2), (CpuB, 10, 1));
            bool isDone = false;
            files.BeforeCall = (call, path) =>
            {
                if (call == during && path.EndsWith(".tmp", StringComparison.Ordinal) && !isDone)
                {
                    isDone = true;
                    Append(bed, (CpuA, 30, 3), (CpuA, 20, 5), (CpuA, 15, 4), (CpuC, 10, 1));
                    Append(bed, (CpuA, 20, 6), (CpuA, 30, 7), (CpuB, 5, 0));
                }
            };
        }

        files.BeforeCall = null;
        await using EngineBed reopened = await EngineBed.OpenAsync(files, shards: 1);
        Dictionary<LabelSet, Sample[]> found = reopened.ReadAll();
        Assert.That(found[CpuA], Is.EqualTo(new Sample[] { new(10, 1), new(15, 4), new(20, 6), new(30, 7) }));
        Assert.That(found[CpuB], Is.EqualTo(new Sample[] { new(5, 0), new(10, 1) }));
        Assert.That(found[CpuC], Is.EqualTo(new Sample[] { new(10, 1) }));
    }

    private static void Append(EngineBed bed, params (LabelSet Labels, long TimestampNs, double Value)[] samples)
    {
        var batch = new WriteBatch(1);
        foreach ((LabelSet labels, long timestampNs, double value) in samples)
        {
            batch.Add(bed.Engine.Appender.Resolve(labels.Canonical), timestampNs, value);
        }

        bed.Engine.Appender.Append(batch);
    }
}
