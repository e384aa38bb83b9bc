using Tsdb.Model.Samples;

namespace Tsdb.Storage.Shards;

/// <summary>Hands out the data folder's sequence numbers. Safe for concurrent use; each shard takes its numbers under its own lock, so they ascend there.</summary>
internal sealed class SequenceCounter
{
    private ulong _last;

    /// <summary>The highest number handed out or seen so far.</summary>
    public SequenceNumber Last => new(Volatile.Read(ref _last));

    /// <summary>Takes the next number.</summary>
    public SequenceNumber Next() => new(Interlocked.Increment(ref _last));

    /// <summary>Makes later numbers higher than one found on disk.</summary>
    public void Observe(SequenceNumber seen)
    {
        ulong last = Volatile.Read(ref _last);
        while (seen.Value > last)
        {
            ulong found = Interlocked.CompareExchange(ref _last, seen.Value, last);
            if (found == last)
            {
                return;
            }

            last = found;
        }
    }
}
