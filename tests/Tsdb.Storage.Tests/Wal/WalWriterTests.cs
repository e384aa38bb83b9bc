using Tsdb.Model.Errors;
using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Writing;
using Tsdb.Storage.Wal;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Wal;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WalWriterTests
{
    private static readonly WalOptions SmallSegments = new() { SegmentBytes = 64 << 10, RoomBytes = 0 };

    private readonly InMemoryFileSystem _files = new();

    [Test]
    public async Task Append_AfterReopen_IsReplayedInOrder()
    {
        await using (var log = new TestLog(_files))
        {
            await log.WriteAsync(1);
            await log.WriteAsync(2);
            await log.WriteAsync(3, slot: 1);
        }

        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(_files);
        Assert.That(visitor.Samples, Is.EqualTo(new[]
        {
            new LoggedSample(0, 1, 1, TestLog.SampleOf(1)),
            new LoggedSample(0, 2, 2, TestLog.SampleOf(2)),
            new LoggedSample(0, 3, 1, TestLog.SampleOf(3)),
        }));
        Assert.That(visitor.Series[1], Is.EqualTo(TestLog.LabelsOf(1)));
        Assert.That(result.HighestSequence.Value, Is.EqualTo(3));
        Assert.That((result.TornBytes, result.Quarantined.Count), Is.EqualTo((0L, 0)));
    }

    [Test]
    public async Task Append_MoreThanARecordHolds_IsSplitAndReplayedWhole()
    {
        int count = (2 * WalFormat.MaxSamplesPerRecord) + 1;
        long[] timestampsNs = [.. Enumerable.Range(0, count).Select(i => i * 10L)];
        double[] values = [.. Enumerable.Range(0, count).Select(i => i * 0.1)];
        await using (var log = new TestLog(_files))
        {
            log.Append(1);
            log.Writer.AppendSamples(new SequenceNumber(2), new TenantId(7), Enumerable.Repeat(1u, count).ToArray(), timestampsNs, values);
        }

        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(_files);
        Assert.That(result.Samples, Is.EqualTo(count + 1));
        Assert.That(visitor.Samples[^1], Is.EqualTo(new LoggedSample(7, 2, 1, new Sample(timestampsNs[^1], values[^1]))));
    }

    [Test]
    public async Task AppendSeries_MoreThanARecordHolds_IsSplitAndReplayedWhole()
    {
        await using (var log = new TestLog(_files))
        {
            var series = new WalSeriesBatch();
            for (uint slot = 0; slot < 100_000; slot++)
            {
                series.Add(slot * 3, TestLog.LabelsOf(slot).Canonical);
            }

            log.Writer.AppendSeries(new SequenceNumber(1), TenantId.Default, series);
        }

        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(_files);
        Assert.That(result.Series, Is.EqualTo(100_000));
        Assert.That(result.Records, Is.GreaterThan(2));
        Assert.That(visitor.Series[299_997], Is.EqualTo(TestLog.LabelsOf(99_999)));
    }

    [Test]
    public async Task Append_PastTheSegmentSize_BeginsSegmentsWithoutGaps()
    {
        await using (var log = new TestLog(_files, SmallSegments))
        {
            for (ulong batch = 1; batch <= 2_000; batch++)
            {
                await log.WriteAsync(batch, Durability.Os);
            }
        }

        Assert.That(TestLog.SegmentsIn(_files).Count(), Is.GreaterThan(2));
        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(_files);
        Assert.That(visitor.Samples, Has.Count.EqualTo(2_000));
        Assert.That(result.Quarantined, Is.Empty);
    }

    [Test]
    public async Task StartGeneration_BeforeAnyRecord_KeepsTheSegment()
    {
        await using var log = new TestLog(_files);
        Assert.That(log.StartGeneration(), Is.EqualTo(1));
        await log.WriteAsync(1);
        Assert.That(log.StartGeneration(), Is.EqualTo(2));
        Assert.That(log.StartGeneration(), Is.EqualTo(2));
    }

    [Test]
    public async Task Release_EarlierGeneration_DeletesItsSegmentsOnly()
    {
        await using (var log = new TestLog(_files))
        {
            await log.WriteAsync(1);
            long first = log.StartGeneration();
            await log.WriteAsync(2, slot: 1);
            log.Writer.Release(first);
        }

        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(_files, firstSegment: 2);
        Assert.That(TestLog.SegmentsIn(_files), Is.EqualTo(new[] { TestLog.Directory + "/0000000002.log" }));
        Assert.That(visitor.Sequences, Is.EqualTo(new ulong[] { 2 }));
        Assert.That(result.Quarantined, Is.Empty);
    }

    [Test]
    public async Task StartGeneration_WithoutRecordsAfter_KeepsItsNumberAfterReopening()
    {
        await using (var log = new TestLog(_files))
        {
            await log.WriteAsync(1);
            log.StartGeneration();
        }

        await using (var log = new TestLog(_files, firstSegment: 2))
        {
            await log.WriteAsync(2);
            log.Writer.Release(2);
        }

        Assert.That(TestLog.SegmentsIn(_files), Is.EqualTo(new[] { TestLog.Directory + "/0000000002.log" }));
        Assert.That(TestLog.Look(_files, firstSegment: 2).Result.Quarantined, Is.Empty);
    }

    [Test]
    public async Task DisposeAsync_NothingAppended_LeavesNoSegment()
    {
        await new TestLog(_files).DisposeAsync();
        Assert.That(_files.List(TestLog.Directory), Is.Empty);
    }

    [Test]
    public async Task DisposeAsync_NobodyWaited_SyncsEverything()
    {
        await using (var log = new TestLog(_files))
        {
            log.Append(1);
        }

        Assert.That(TestLog.Look(_files.Crash()).Visitor.Sequences, Is.EqualTo(new ulong[] { 1 }));
    }

    [Test]
    public async Task ThrowIfUnavailable_AfterDispose_SaysClosed()
    {
        var log = new TestLog(_files);
        await log.DisposeAsync();
        Assert.That(log.Writer.ThrowIfUnavailable, Throws.InstanceOf<UnavailableException>().With.Message.EndsWith("is closed."));
    }

    [TestCase(Durability.Always, true)]
    [TestCase(Durability.Interval, false)]
    [TestCase(Durability.Os, false)]
    public async Task WaitAsync_EachDurability_SyncsBeforeItCompletesOrNot(Durability durability, bool isSynced)
    {
        await using var log = new TestLog(_files);
        await log.WriteAsync(1, durability);
        Assert.That(TestLog.Look(_files.Crash()).Visitor.Sequences, Has.Count.EqualTo(isSynced ? 1 : 0));
        Assert.That(TestLog.Look(_files.Crash(CrashSurvivors.Everything)).Visitor.Sequences, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task WaitAsync_Interval_IsSyncedAfterTheInterval()
    {
        var isSynced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var files = new FaultyFileSystem(_files);
        await using var log = new TestLog(files);
        await log.WriteAsync(1, Durability.Interval);
        files.BeforeCall = (call, _) =>
        {
            if (call == FileCall.Sync)
            {
                isSynced.TrySetResult();
            }
        };
        log.Time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.That(isSynced.Task.IsCompleted, Is.False);
        log.Time.Advance(TimeSpan.FromMilliseconds(1));
        await isSynced.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Test]
    public async Task WaitAsync_Cancelled_EndsOnlyTheWait()
    {
        using var cancellation = new CancellationTokenSource();
        using var mayContinue = new ManualResetEventSlim();
        var files = new FaultyFileSystem(_files);
        await using (var log = new TestLog(files))
        {
            files.BeforeCall = (call, _) =>
            {
                if (call == FileCall.Sync)
                {
                    mayContinue.Wait();
                }
            };
            Task waiting = log.Writer.WaitAsync(log.Append(1), Durability.Always, cancellation.Token).AsTask();
            await cancellation.CancelAsync();
            await Assert.CatchAsync<OperationCanceledException>(() => waiting);
            mayContinue.Set();
        }

        Assert.That(TestLog.Look(_files).Visitor.Sequences, Is.EqualTo(new ulong[] { 1 }));
    }

    [Test]
    public async Task AppendSamples_SteadyState_AllocatesNothing()
    {
        await using var log = new TestLog(_files);
        uint[] slots = [.. Enumerable.Range(0, 1000).Select(i => (uint)i)];
        long[] timestampsNs = [.. Enumerable.Repeat(1_700_000_000_000_000_000, 1000)];
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => (double)i)];

        // Both buffers that take turns grow to what the round needs.
        for (int warmUp = 0; warmUp < 2; warmUp++)
        {
            for (int i = 0; i < 10; i++)
            {
                log.Writer.AppendSamples(new SequenceNumber(1), TenantId.Default, slots, timestampsNs, values);
            }

            await log.Writer.WaitAsync(log.Writer.Position, Durability.Os, CancellationToken.None);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            log.Writer.AppendSamples(new SequenceNumber(2), TenantId.Default, slots, timestampsNs, values);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
