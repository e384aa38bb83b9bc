namespace Tsdb.Storage.Compaction;

/// <summary>Lets others wait for the flush loop's rounds. Safe for concurrent use.</summary>
internal sealed class FlushRounds
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<Exception?> _next = New(); // replaced under _gate after each round
    private Exception? _closed; // set once, under _gate

    /// <summary>Completes with the next round to end: what failed in it, or null.</summary>
    public Task<Exception?> Next
    {
        get
        {
            lock (_gate)
            {
                return _next.Task;
            }
        }
    }

    /// <summary>Ends a round.</summary>
    public void Finish(Exception? failure)
    {
        TaskCompletionSource<Exception?> done;
        lock (_gate)
        {
            done = _next;
            if (_closed is null)
            {
                _next = New();
            }
        }

        done.TrySetResult(failure);
    }

    /// <summary>Ends the last round: nobody waits for another.</summary>
    public void Close(Exception reason)
    {
        lock (_gate)
        {
            _closed = reason;
        }

        Finish(reason);
    }

    private static TaskCompletionSource<Exception?> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
