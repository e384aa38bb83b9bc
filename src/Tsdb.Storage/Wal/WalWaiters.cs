namespace Tsdb.Storage.Wal;

/// <summary>Those who wait for the log to reach a position. Guarded by the queue's gate; completed outside it.</summary>
internal sealed class WalWaiters
{
    private readonly List<(long Position, TaskCompletionSource Done)> _waiters = [];

    /// <summary>Adds one who waits for <paramref name="position"/>.</summary>
    public Task Add(long position)
    {
        // Continuations run elsewhere: the flusher must get on with the next group.
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiters.Add((position, done));
        return done.Task;
    }

    /// <summary>Says whether somebody waits for a position up to <paramref name="position"/>.</summary>
    public bool HasAnyUpTo(long position)
    {
        foreach ((long wanted, _) in _waiters)
        {
            if (wanted <= position)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Moves those who wait for a position up to <paramref name="position"/> to <paramref name="reached"/>.</summary>
    public void TakeUpTo(long position, List<TaskCompletionSource> reached)
    {
        int kept = 0;
        for (int i = 0; i < _waiters.Count; i++)
        {
            if (_waiters[i].Position <= position)
            {
                reached.Add(_waiters[i].Done);
            }
            else
            {
                _waiters[kept++] = _waiters[i];
            }
        }

        _waiters.RemoveRange(kept, _waiters.Count - kept);
    }
}
