using Tsdb.Storage.Index;
using Tsdb.Storage.Series;

namespace Tsdb.Storage.Shards;

/// <summary>Lets the series of a shard that are idle leave memory: builds a table without them beside the one in use, then changes over.</summary>
/// <remarks>
/// Nobody waits meanwhile: the shard's lock is held only to learn which series were used since the building began, over and over, until they are
/// so few that they are copied under the lock. Slots are never given out again, so a handle that is kept too long names no series, never another
/// one. Readers keep the table they began with.
/// </remarks>
/// <param name="gate">The shard's lock; guards the marks and the table's writers.</param>
/// <param name="marks">When each slot was last used.</param>
internal sealed class IdleSeries(Lock gate, SlotMarks marks)
{
    private const int MaxCopiedUnderLock = 256; // under a millisecond
    private const int LeastShare = 8;           // a table is built anew only when one in so many series is idle

    /// <summary>Builds a table without the idle series; the samples of those must be in blocks that readers see.</summary>
    /// <param name="inUse">The table in use.</param>
    /// <param name="generation">Idle are series last used before this generation of the marks.</param>
    /// <param name="changeOver">Called under the lock with the new table; not called when too few are idle.</param>
    /// <returns>How many series left.</returns>
    public int Forget(SeriesTable inUse, uint generation, Action<SeriesTable> changeOver)
    {
        lock (gate)
        {
            marks.WatchIdle(generation);
        }

        var slots = new PostingBuffer();
        inUse.CopyAll(slots);
        if (CountIdle(slots.Items, generation) * LeastShare < Math.Max(slots.Count, 1))
        {
            lock (gate)
            {
                marks.EndWatch();
            }

            return 0;
        }

        var renewal = new SeriesTableRenewal(inUse);
        foreach (uint slot in slots.Items)
        {
            if (!marks.IsIdle(slot, generation))
            {
                renewal.Copy(slot);
            }
        }

        while (!TryChangeOver(inUse, renewal, changeOver, out List<uint> roused))
        {
            renewal.Copy(roused);
            renewal.Table.CompleteRestore();
        }

        return Math.Max(0, slots.Count - renewal.Table.Count);
    }

    private long CountIdle(ReadOnlySpan<uint> slots, uint generation)
    {
        long idle = 0;
        foreach (uint slot in slots)
        {
            idle += marks.IsIdle(slot, generation) ? 1 : 0;
        }

        return idle;
    }

    private bool TryChangeOver(SeriesTable inUse, SeriesTableRenewal renewal, Action<SeriesTable> changeOver, out List<uint> roused)
    {
        lock (gate)
        {
            roused = marks.TakeRoused();
            if (roused.Count > MaxCopiedUnderLock)
            {
                return false;
            }

            renewal.Copy(roused);
            renewal.Table.NextSlot = inUse.NextSlot;
            changeOver(renewal.Table);
            marks.EndWatch();
            return true;
        }
    }
}
