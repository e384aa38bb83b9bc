using Tsdb.Model.Writing;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Wal;

[TestFixture]
internal sealed class WalGroupCommitTests
{
    [Test]
    public async Task WaitAsync_ManyWhileASyncRuns_ShareTheNextSync()
    {
        const int Waiters = 200;
        using var isSyncing = new ManualResetEventSlim();
        using var mayContinue = new ManualResetEventSlim();
        var files = new FaultyFileSystem(new InMemoryFileSystem());
        await using var log = new TestLog(files);
        await log.WriteAsync(1);
        int syncsBefore = files.Count(FileCall.Sync);
        files.BeforeCall = (call, _) =>
        {
            if (call == FileCall.Sync)
            {
                isSyncing.Set();
                mayContinue.Wait();
            }
        };

        Task first = log.WriteAsync(2);
        isSyncing.Wait();
        Task[] rest = [.. Enumerable.Range(3, Waiters).Select(batch => log.WriteAsync((ulong)batch))];
        Assert.That(rest, Has.All.Matches<Task>(static task => task is { IsCompleted: false }));
        mayContinue.Set();
        await Task.WhenAll([first, .. rest]).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(files.Count(FileCall.Sync) - syncsBefore, Is.EqualTo(2));
    }

    [Test]
    public async Task WaitAsync_ManyThreads_AllAreDurableWithFewerSyncsThanWrites()
    {
        const int Threads = 8;
        const int WritesPerThread = 100;
        var disk = new InMemoryFileSystem();
        var files = new FaultyFileSystem(disk);
        await using var log = new TestLog(files);
        var shardLock = new Lock();
        ulong nextBatch = 0;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < WritesPerThread; i++)
            {
                long position;
                lock (shardLock)
                {
                    position = log.Append(++nextBatch);
                }

                await log.Writer.WaitAsync(position, Durability.Always, CancellationToken.None);
            }
        }))).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.That(TestLog.Look(disk.Crash()).Visitor.Sequences, Has.Count.EqualTo(Threads * WritesPerThread));
        Assert.That(files.Count(FileCall.Sync), Is.LessThanOrEqualTo(Threads * WritesPerThread));
    }

    [Test]
    public async Task WaitAsync_AlreadySynced_CompletesAtOnce()
    {
        await using var log = new TestLog(new InMemoryFileSystem());
        long first = log.Append(1);
        await log.WriteAsync(2);
        Task[] waits =
        [
            log.Writer.WaitAsync(first, Durability.Always, CancellationToken.None).AsTask(),
            log.Writer.WaitAsync(0, Durability.Always, CancellationToken.None).AsTask(),
        ];
        Assert.That(waits, Has.All.Matches<Task>(static task => task is { IsCompletedSuccessfully: true }));
    }
}
