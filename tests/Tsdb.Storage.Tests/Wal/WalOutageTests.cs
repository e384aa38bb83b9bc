using Tsdb.Model.Errors;
using Tsdb.Storage.Wal;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Wal;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WalOutageTests
{
    private readonly InMemoryFileSystem _disk = new();
    private readonly FaultyFileSystem _files;

    public WalOutageTests() => _files = new FaultyFileSystem(_disk);

    [Test]
    public async Task WaitAsync_NthSyncFails_PoisonsForGoodAndLosesNothingAcknowledged([Range(1, 5)] int nth)
    {
        ulong acknowledged = 0;
        await using (var log = new TestLog(_files))
        {
            _files.Fail(FileCall.Sync, nth);
            UnavailableException? error = null;
            for (ulong batch = 1; error is null; batch++)
            {
                try
                {
                    await log.WriteAsync(batch);
                    acknowledged = batch;
                }
                catch (UnavailableException failure)
                {
                    error = failure;
                }
            }

            Assert.That(acknowledged, Is.EqualTo((ulong)nth - 1));
            Assert.That(error.Message, Does.StartWith(
                "The write-ahead log /data/wal/0000 could not be written or synced (").And.EndsWith("check the disk, then restart."));
            Assert.That(log.Writer.ThrowIfUnavailable, Throws.InstanceOf<UnavailableException>());
        }

        Assert.That(TestLog.Look(_disk.Crash()).Visitor.Sequences, Is.EqualTo(Batches(acknowledged)));
    }

    [Test]
    public async Task WaitAsync_WriteStopsHalfWay_PoisonsAndTheTornRecordIsCut()
    {
        await using (var log = new TestLog(_files))
        {
            await log.WriteAsync(1);
            _files.FailHalfWritten();
            await Assert.ThrowsAsync<UnavailableException>(() => log.WriteAsync(2));
        }

        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(_disk);
        Assert.That(visitor.Sequences, Is.EqualTo(Batches(1)));
        Assert.That(result.TornBytes, Is.GreaterThan(0));
        Assert.That(result.Quarantined, Is.Empty);
    }

    [Test]
    public async Task WaitAsync_DiskFull_RefusesWritesUntilThereIsSpaceAndKeepsWhatWasPending()
    {
        await using (var log = new TestLog(_files))
        {
            await log.WriteAsync(1);
            _files.IsFull = true;
            UnavailableException error = (await Assert.ThrowsAsync<UnavailableException>(() => log.WriteAsync(2)))!;
            Assert.That(error.Message, Does.Contain("is full: writes are refused until there is space"));
            Assert.That(error.RetryAfter, Is.GreaterThan(TimeSpan.Zero));
            Assert.That(log.Writer.ThrowIfUnavailable, Throws.InstanceOf<UnavailableException>());

            await TickUntilRetried(log, FileCall.Write);
            Assert.That(log.Writer.ThrowIfUnavailable, Throws.InstanceOf<UnavailableException>());
            _files.IsFull = false;
            await TickUntilAvailable(log);
            await log.WriteAsync(3);
        }

        Assert.That(TestLog.Look(_disk.Crash()).Visitor.Sequences, Is.EqualTo(Batches(3)));
    }

    [Test]
    public async Task WaitAsync_DiskFullAtTheFirstSegment_ResumesToo()
    {
        await using (var log = new TestLog(_files))
        {
            _files.IsFull = true;
            await Assert.ThrowsAsync<UnavailableException>(() => log.WriteAsync(1));
            _files.IsFull = false;
            await TickUntilAvailable(log);
            await log.WriteAsync(2);
        }

        Assert.That(TestLog.Look(_disk.Crash()).Visitor.Sequences, Is.EqualTo(Batches(2)));
    }

    [Test]
    public async Task DisposeAsync_DiskFull_EndsAndKeepsWhatWasAcknowledged()
    {
        await using (var log = new TestLog(_files))
        {
            await log.WriteAsync(1);
            _files.IsFull = true;
            await Assert.ThrowsAsync<UnavailableException>(() => log.WriteAsync(2));
        }

        Assert.That(TestLog.Look(_disk.Crash()).Visitor.Sequences, Is.EqualTo(Batches(1)));
    }

    [Test]
    public async Task ThrowIfUnavailable_TooMuchPending_WaitsForTheFlusher()
    {
        using var isSyncing = new ManualResetEventSlim();
        using var mayContinue = new ManualResetEventSlim();
        await using var log = new TestLog(_files, new WalOptions { MaxPendingBytes = 64 << 10, RoomBytes = 0 });
        _files.BeforeCall = (call, _) =>
        {
            if (call == FileCall.Sync)
            {
                isSyncing.Set();
                mayContinue.Wait();
            }
        };
        Task first = log.WriteAsync(1);
        isSyncing.Wait();
        long position = log.Writer.Position;
        ulong batch = 1;
        while (log.Writer.Position < position + (64 << 10))
        {
            log.Append(++batch);
        }

        Task held = Task.Run(log.Writer.ThrowIfUnavailable);
        Assert.That(held.IsCompleted, Is.False);
        mayContinue.Set();
        await Task.WhenAll(first, held).WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static ulong[] Batches(ulong last) => [.. Enumerable.Range(1, (int)last).Select(batch => (ulong)batch)];

    private async Task TickUntilRetried(TestLog log, FileCall call)
    {
        var isRetried = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _files.BeforeCall = (actual, _) =>
        {
            if (actual == call)
            {
                isRetried.TrySetResult();
            }
        };
        while (!isRetried.Task.IsCompleted)
        {
            log.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        _files.BeforeCall = null;
    }

    private static async Task TickUntilAvailable(TestLog log)
    {
        while (true)
        {
            log.Time.Advance(TimeSpan.FromMilliseconds(100));
            try
            {
                log.Writer.ThrowIfUnavailable();
                return;
            }
            catch (UnavailableException)
            {
                await Task.Yield();
            }
        }
    }
}
