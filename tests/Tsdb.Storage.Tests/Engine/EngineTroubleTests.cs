using Tsdb.Model.Errors;
using Tsdb.Model.Labels;
using Tsdb.Model.Placement;
using Tsdb.Model.Reading;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Model.Writing;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Engine;

/// <summary>What goes wrong costs nothing that was acknowledged, and is told.</summary>
public sealed class EngineTroubleTests
{
    private static readonly LabelSet CpuA = LabelSet.OfMetric("cpu", ("host", "a"));
    private static readonly LabelSet CpuB = LabelSet.OfMetric("cpu", ("host", "b"));

    [TestCase("a\xFF\xE4\xFF", TestName = "Resolve_InvalidUtf8_IsRefused")]
    [TestCase("b\xFF1\xFFa\xFF1\xFF", TestName = "Resolve_UnsortedNames_IsRefused")]
    [TestCase("a\xFF1", TestName = "Resolve_UnfinishedLabel_IsRefused")]
    public async Task Resolve_NotCanonical_IsRefused(string latin1)
    {
        await using EngineBed bed = await EngineBed.OpenAsync(new InMemoryFileSystem());

        Assert.That(() => bed.Engine.Appender.Resolve(System.Text.Encoding.Latin1.GetBytes(latin1)), Throws.InstanceOf<ArgumentException>());
    }

    [Test]
    public async Task Append_BatchWithAForeignHandle_IsRefusedAndItsSeriesAreLoggedByTheNext()
    {
        var files = new InMemoryFileSystem();
        await using (EngineBed bed = await EngineBed.OpenAsync(files, shards: 1))
        {
            var batch = new WriteBatch(1);
            batch.Add(bed.Engine.Appender.Resolve(CpuA.Canonical), 1, 1);
            batch.Add(new SeriesHandle(0, new SeriesRef(12345)), 1, 1);
            Assert.That(() => bed.Engine.Appender.Append(batch), Throws.ArgumentException);
            await bed.WriteAsync((CpuA, 1, 1));
        }

        await using EngineBed reopened = await EngineBed.OpenAsync(files, shards: 1);
        Assert.That(reopened.ReadAll()[CpuA], Is.EqualTo(new Sample[] { new(1, 1) }));
    }

    [TestCase(FileCall.Rename)]
    [TestCase(FileCall.Write)]
    [TestCase(FileCall.SyncDirectory)]
    public async Task Compact_DiskFailsOnce_TellsAndSucceedsNextTime(FileCall call)
    {
        var memory = new InMemoryFileSystem();
        var files = new FaultyFileSystem(memory);
        await using (EngineBed bed = await EngineBed.OpenAsync(files))
        {
            await bed.WriteAsync((CpuA, 1, 1), (CpuB, 1, 1));
            files.Fail(call);
            Assert.That(async () => await bed.Engine.CompactAsync(CancellationToken.None), Throws.InstanceOf<UnavailableException>());
            Assert.That(bed.ReadAll(), Has.Count.EqualTo(2));

            await bed.Engine.CompactAsync(CancellationToken.None);
            Assert.That(bed.Engine.Statistics.BlockSamples, Is.EqualTo(2));
        }

        await using EngineBed reopened = await EngineBed.OpenAsync(memory);
        Assert.That(reopened.ReadAll(), Has.Count.EqualTo(2));
        Assert.That(memory.DirectoryExists("/data/quarantine"), Is.False, "a failed flush leaves no blocks behind");
    }

    [Test]
    public async Task Select_AfterDispose_IsRefused()
    {
        EngineBed bed = await EngineBed.OpenAsync(new InMemoryFileSystem());
        ISeriesSource series = bed.Engine.Series;
        await bed.DisposeAsync();

        Assert.That(
            () => series.Select(new SeriesSelection([], TimeRange.All), CancellationToken.None), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Append_AfterDispose_IsRefused()
    {
        EngineBed bed = await EngineBed.OpenAsync(new InMemoryFileSystem());
        await bed.DisposeAsync();

        Assert.That(async () => await bed.WriteAsync((CpuA, 1, 1)), Throws.InstanceOf<UnavailableException>());
    }

    [Test]
    public async Task Open_LogOfANewerVersion_SaysSo()
    {
        var files = new InMemoryFileSystem();
        await using (EngineBed bed = await EngineBed.OpenAsync(files, shards: 1))
        {
            await bed.WriteAsync((CpuA, 1, 1));
            files = files.Crash(); // without a checkpoint
        }

        string segment = "/data/wal/0000/" + files.List("/data/wal/0000")[0];
        byte[] bytes = files.ReadAllBytes(segment);
        bytes[8] = 99; // the version, vouched for by a checksum of its own
        BitConverter.TryWriteBytes(bytes.AsSpan(60), Tsdb.Encoding.Checksums.Crc32C.Compute(bytes.AsSpan(0, 60)));
        files.WriteAllBytes(segment, bytes);

        Assert.That(async () => await EngineBed.OpenAsync(files, shards: 1), Throws.InstanceOf<DataFolderException>().With.Message.Contains("99"));
    }

    [Test]
    public void Validate_RetentionLongerThanTimestampsReach_IsRefused() => Assert.That(
        () => new StorageOptions { Retention = TimeSpan.MaxValue }.Validate(),
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Retention"));

    [Test]
    public async Task Compact_WhileOthersWrite_Ends()
    {
        await using EngineBed bed = await EngineBed.OpenAsync(new InMemoryFileSystem());
        await bed.WriteAsync((CpuA, 0, 0));
        using var stop = new CancellationTokenSource();
        Task writer = Task.Run(async () =>
        {
            for (long i = 1; !stop.IsCancellationRequested; i++)
            {
                await bed.WriteAsync((CpuA, i, i), (CpuB, i, i));
            }
        });

        for (int i = 0; i < 5; i++)
        {
            await bed.Engine.CompactAsync(CancellationToken.None);
        }

        await stop.CancelAsync();
        await writer;
        Sample[] samples = bed.ReadAll()[CpuA];
        Assert.That(samples.Select(sample => sample.TimestampNs), Is.EqualTo(Enumerable.Range(0, samples.Length).Select(i => (long)i)));
    }
}
