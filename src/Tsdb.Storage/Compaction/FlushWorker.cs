using Tsdb.Model.Errors;
using Tsdb.Storage.Blocks;
using Tsdb.Storage.Retention;
using Tsdb.Storage.Shards;

namespace Tsdb.Storage.Compaction;

/// <summary>
/// The engine's background loop: flushes frozen memtables, oldest first, freezes those that have become old, lets idle series leave memory, writes
/// checkpoints that are due, and deletes blocks beyond retention.
/// Started by <see cref="Start"/>, stopped and awaited by <see cref="DisposeAsync"/>.
/// </summary>
/// <remarks>
/// A flush that fails is tried again after a pause: the memtable and its log stay until it succeeds, and writers of that shard are held back meanwhile.
/// </remarks>
internal sealed class FlushWorker : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TickWhileIdleWait = TimeSpan.FromSeconds(1);

    // Longer than a request keeps handles before it appends; one that takes longer may have to write again.
    private static readonly TimeSpan ForgetGrace = TimeSpan.FromSeconds(2);

    // By itself the collector would come for the table they left, and its like, only when the heap has grown by as much again. Tens of milliseconds.
    private const int MinForgottenToCollect = 50_000;

    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);

    private readonly Shard[] _shards;
    private readonly FlushServices _services;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _signal;
    private readonly UncommittedBlocks _uncommitted = new();
    private readonly FlushRounds _rounds = new();
    private readonly ITimer _timer;
    private Task _loop = Task.CompletedTask;
    private volatile bool _isFailing; // in the last round

    /// <summary>Creates a worker that is not running yet.</summary>
    /// <param name="shards">Whose memtables it flushes.</param>
    /// <param name="signal">Released when a memtable was frozen or a checkpoint is due.</param>
    /// <param name="services">What a flush needs.</param>
    public FlushWorker(Shard[] shards, SemaphoreSlim signal, FlushServices services)
    {
        _shards = shards;
        _signal = signal;
        _services = services;
        _timer = services.Time.CreateTimer(_ => signal.Release(), null, Tick, Tick);
    }

    /// <summary>Starts the loop.</summary>
    public void Start() => _loop = Task.Run(RunAsync);

    /// <summary>Freezes what is in memory now and waits until all of it is in blocks, whatever is written meanwhile.</summary>
    /// <exception cref="UnavailableException">A flush failed, and will be tried again by itself; or the engine is closing.</exception>
    public async Task FlushAllAsync(CancellationToken cancellationToken)
    {
        foreach (Shard shard in _shards)
        {
            while (!shard.TryRotate(TimeSpan.Zero))
            {
                await NextRoundAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        List<(Shard Shard, FrozenMemtable Memtable)> waiting = [];
        foreach (Shard shard in _shards)
        {
            waiting.AddRange(shard.Memtables.Frozen.Select(frozen => (shard, frozen)));
        }

        while (waiting.Exists(one => one.Shard.Memtables.Frozen.Contains(one.Memtable)))
        {
            await NextRoundAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until no frozen memtable is left, unless flushes fail: then what waits stays in the log.</summary>
    public async Task DrainAsync()
    {
        try
        {
            while (!_isFailing && Array.Exists(_shards, shard => !shard.Memtables.Frozen.IsEmpty))
            {
                await NextRoundAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (UnavailableException)
        {
            // Told when it failed.
        }
    }

    /// <summary>Stops after the flush under way, and waits for that.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _uncommitted.Dispose();
        _stop.Dispose();
    }

    private async Task NextRoundAsync(CancellationToken cancellationToken)
    {
        Task<Exception?> round = _rounds.Next;
        _signal.Release();
        switch (await round.WaitAsync(cancellationToken).ConfigureAwait(false))
        {
            case null:
                return;
            case OperationCanceledException closing:
                throw new UnavailableException("The database is closing; what is not in blocks stays in the log.", RetryAfterFailure, closing);
            case { } failure:
                throw new UnavailableException($"A flush failed and will be tried again: {failure.Message}", RetryAfterFailure, failure);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                Exception? failure = RunRound();
                _isFailing = failure is not null;
                _rounds.Finish(failure);
                foreach (Shard shard in _shards.Where(shard => shard.IsCheckpointDue))
                {
                    await _services.Checkpointer.WriteAsync(shard, _stop.Token).ConfigureAwait(false);
                }

                if (failure is null)
                {
                    _timer.Change(Array.Exists(_shards, shard => shard.HasIdleWaiting) ? TickWhileIdleWait : Tick, Tick);
                    await _signal.WaitAsync(_stop.Token).ConfigureAwait(false);
                }
                else
                {
                    await Task.Delay(RetryAfterFailure, _services.Time, _stop.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            _rounds.Close(new OperationCanceledException("The database is closing."));
        }
    }

    // One shard's trouble holds back no other, and one round flushes only what was frozen when it reached the shard.
    private Exception? RunRound()
    {
        Exception? failure = null;
        foreach (Shard shard in _shards)
        {
            Exception? trouble = Try(() => FlushFrozen(shard));
            failure ??= trouble;
            trouble = Try(() => ForgetIdleSeries(shard));
            failure ??= trouble;
        }

        Exception? expiry = Try(DropExpired);
        return failure ?? expiry;
    }

    // Whatever it was: the memtable and its log are still there, writers are held back once two of them wait, and the log tells.
    private Exception? Try(Action work)
    {
        try
        {
            _stop.Token.ThrowIfCancellationRequested();
            work();
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            _services.Metrics.FlushFailed();
            StorageLog.FlushFailed(_services.Log, failure);
            return failure;
        }
    }

    private void FlushFrozen(Shard shard)
    {
        shard.TryRotate(_services.MemtableAge);
        foreach (FrozenMemtable frozen in shard.Memtables.Frozen)
        {
            Flush(shard, frozen);
        }
    }

    private void ForgetIdleSeries(Shard shard)
    {
        long started = _services.Time.GetTimestamp();
        int forgotten = shard.ForgetIdleSeries(ForgetGrace);
        if (forgotten > 0)
        {
            StorageLog.Forgotten(_services.Log, forgotten, shard.Index, shard.Series.Count, _services.Time.GetElapsedTime(started).TotalMilliseconds);
        }

        if (forgotten >= MinForgottenToCollect)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    private void Flush(Shard shard, FrozenMemtable frozen)
    {
        long started = _services.Time.GetTimestamp();
        IReadOnlyList<Block> blocks = _uncommitted.GetOrWrite(frozen, () => _services.Flusher.Flush(frozen, shard.Series, _stop.Token));
        _services.Manifest.CommitFlush(shard.Index, frozen.FirstSegmentKept, shard.Series.NextSlot, blocks);
        _uncommitted.Forget(frozen);

        // Readers see the block before the memtable goes: a sample is never in neither.
        _services.Blocks.Add(blocks);
        long samples = frozen.Table.SampleCount;
        shard.CompleteFlush(frozen);
        _services.Checkpointer.DeleteObsolete(shard.Index, frozen.FirstSegmentKept);
        TimeSpan took = _services.Time.GetElapsedTime(started);
        _services.Metrics.Flushed(samples, took);
        StorageLog.Flushed(_services.Log, samples, shard.Index, blocks.Count, took.TotalMilliseconds);
    }

    private void DropExpired()
    {
        IReadOnlyList<Block> expired = ExpiredBlocks.Of(_services.Blocks.All, _services.Retention.OldestKeptTimestampNs);
        if (expired.Count > 0)
        {
            _services.Manifest.CommitRemoval(expired);
            _services.Blocks.Remove(expired);
            StorageLog.Expired(_services.Log, expired.Count);
        }
    }
}
