namespace Tsdb.Storage.Memtable;

/// <summary>Counts who holds something that must outlive its readers. Begins held once, by its owner. Safe for concurrent use.</summary>
internal sealed class ReferenceCount
{
    private int _count = 1;

    /// <summary>
    /// True while only the owner holds it. When the owner has unlinked something beforehand, no reader can reach that any more: those who come
    /// later take their hold first and then find it unlinked.
    /// </summary>
    public bool IsOwnersAlone
    {
        get
        {
            Interlocked.MemoryBarrier(); // the unlinking is seen by all before the count is read
            return Volatile.Read(ref _count) == 1;
        }
    }

    /// <summary>Holds it once more; false when the last holder has released it already.</summary>
    public bool TryAcquire()
    {
        int count = Volatile.Read(ref _count);
        while (count > 0)
        {
            int seen = Interlocked.CompareExchange(ref _count, count + 1, count);
            if (seen == count)
            {
                return true;
            }

            count = seen;
        }

        return false;
    }

    /// <summary>Gives up one hold; true when it was the last.</summary>
    /// <exception cref="InvalidOperationException">It was released more often than held.</exception>
    public bool Release()
    {
        int left = Interlocked.Decrement(ref _count);
        return left >= 0 ? left == 0 : throw new InvalidOperationException("BUG: released more often than acquired.");
    }
}
