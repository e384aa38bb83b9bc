using Tsdb.Model.Errors;
using Tsdb.Storage.Blocks;
using Tsdb.Storage.Retention;
using Tsdb.Storage.Shards;

namespace Tsdb.Storage.Compaction;

/// <summary>
/// The engine's background loop: flushes frozen memtables, oldest first, freezes those that have become old, and deletes blocks beyond retention.
/// Started by <see cref="Start"/>, stopped and awaited by <see cref="DisposeAsync"/>.
/// </summary>
/// <remarks>A flush that fails is tried again after a pause: the memtable and its log stay until it succeeds, and writers are held back meanwhile.</remarks>
internal sealed class FlushWorker : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);

    private readonly Shard[] _shards;
    private readonly FlushServices _services;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _signal;
    private readonly Lock _gate = new();
    private TaskCompletionSource _roundDone = NewRound(); // replaced under _gate after each round of the loop
    private Exception? _lastFailure; // set by the loop, under _gate
    private Task _loop = Task.CompletedTask;

    /// <summary>Creates a worker that is not running yet.</summary>
    /// <param name="shards">Whose memtables it flushes.</param>
    /// <param name="signal">Released when a memtable was frozen.</param>
    /// <param name="services">What a flush needs.</param>
    public FlushWorker(Shard[] shards, SemaphoreSlim signal, FlushServices services)
    {
        _shards = shards;
        _signal = signal;
        _services = services;
    }

    /// <summary>Starts the loop.</summary>
    public void Start() => _loop = Task.Run(RunAsync);

    /// <summary>Freezes everything in memory and waits until all of it is in blocks.</summary>
    /// <exception cref="UnavailableException">A flush failed; it will be tried again by itself.</exception>
    public async Task FlushAllAsync(CancellationToken cancellationToken)
    {
        var toRotate = new HashSet<Shard>(_shards);
        while (true)
        {
            toRotate.RemoveWhere(shard => shard.TryRotate(TimeSpan.Zero));
            if (toRotate.Count == 0 && _shards.All(shard => shard.Memtables.Frozen.IsEmpty))
            {
                return;
            }

            await NextRoundAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops after the flush under way, and waits for that.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private static TaskCompletionSource NewRound() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task NextRoundAsync(CancellationToken cancellationToken)
    {
        Task round;
        lock (_gate)
        {
            round = _roundDone.Task;
        }

        _signal.Release();
        await round.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (_lastFailure is not null)
            {
                throw new UnavailableException($"A flush failed and will be tried again: {_lastFailure.Message}", RetryAfterFailure, _lastFailure);
            }
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                Exception? failure = RunRound();
                FinishRound(failure);
                if (failure is null)
                {
                    await _signal.WaitAsync(Tick, _stop.Token).ConfigureAwait(false);
                }
                else
                {
                    await Task.Delay(RetryAfterFailure, _services.Time, _stop.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            FinishRound(failure: null);
        }
    }

    private void FinishRound(Exception? failure)
    {
        TaskCompletionSource done;
        lock (_gate)
        {
            _lastFailure = failure;
            done = _roundDone;
            _roundDone = NewRound();
        }

        done.SetResult();
    }

    private Exception? RunRound()
    {
        try
        {
            foreach (Shard shard in _shards)
            {
                shard.TryRotate(_services.MemtableAge);
                while (!shard.Memtables.Frozen.IsEmpty)
                {
                    Flush(shard, shard.Memtables.Frozen[0]);
                }
            }

            DropExpired();
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception failure)
        {
            // Whatever it was: the memtable and its log are still there, writers are held back once two of them wait, and the log tells.
            StorageLog.FlushFailed(_services.Log, failure);
            _services.Metrics.FlushFailed();
            return failure;
        }
    }

    private void Flush(Shard shard, FrozenMemtable frozen)
    {
        long started = _services.Time.GetTimestamp();
        IReadOnlyList<Block> blocks = _services.Flusher.Flush(frozen, shard.Series, _stop.Token);
        try
        {
            _services.Manifest.CommitFlush(shard.Index, frozen.FirstSegmentKept, shard.Series.NextSlot, blocks);
        }
        catch
        {
            // The edit may have reached the disk all the same, so the folders stay; if it did not, the next start finds them named nowhere.
            foreach (Block block in blocks)
            {
                block.Release();
            }

            throw;
        }

        // Readers see the block before the memtable goes: a sample is never in neither.
        _services.Blocks.Add(blocks);
        long samples = frozen.Table.SampleCount;
        shard.CompleteFlush(frozen);
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
