using Tsdb.Model.Time;
using Tsdb.Storage.Blocks;
using Tsdb.Storage.Memtable;
using Tsdb.Storage.Series;
using Tsdb.Storage.Shards;

namespace Tsdb.Storage.Reading;

/// <summary>
/// The memtables and blocks a query reads, held until it is disposed: later flushes and deletions do not touch them. Used by one thread.
/// </summary>
internal sealed class SourceSnapshot : IDisposable
{
    private readonly List<Block> _blocks = [];

    private SourceSnapshot()
    {
    }

    /// <summary>Each shard's memtables, oldest first, by shard index.</summary>
    public List<ShardMemtable>[] Memtables { get; private set; } = [];

    /// <summary>Each shard's series, by shard index; they name every series that has samples in the memtables and in no block held.</summary>
    public SeriesTable[] Series { get; private set; } = [];

    /// <summary>The blocks whose time range overlaps the query's, the one with the older writes first.</summary>
    public IReadOnlyList<Block> Blocks => _blocks;

    /// <summary>Holds everything that may have samples in a range.</summary>
    /// <remarks>
    /// The memtables are taken before the blocks. A flush shows its block before it lets go of the memtable, so a sample that moves meanwhile is seen
    /// in at least one of them; seen in both, it is merged like any sample written twice. The series are taken in between: one that has left
    /// memory by then was flushed before, and is in the blocks taken after; one that is in the memtables only is still there.
    /// </remarks>
    public static SourceSnapshot Take(Shard[] shards, BlockSet blocks, TimeRange range)
    {
        var snapshot = new SourceSnapshot { Memtables = new List<ShardMemtable>[shards.Length] };
        for (int i = 0; i < shards.Length; i++)
        {
            snapshot.Memtables[i] = Hold(shards[i]);
        }

        snapshot.Series = Array.ConvertAll(shards, shard => shard.Series);
        blocks.Hold(range, snapshot._blocks);
        return snapshot;
    }

    /// <summary>Lets go of everything.</summary>
    public void Dispose()
    {
        foreach (List<ShardMemtable> tables in Memtables)
        {
            tables.ForEach(table => table.Release());
        }

        _blocks.ForEach(block => block.Release());
        _blocks.Clear();
        Memtables = [];
    }

    private static List<ShardMemtable> Hold(Shard shard)
    {
        while (true)
        {
            var held = new List<ShardMemtable>();
            bool complete = true;
            MemtableSet memtables = shard.Memtables;
            foreach (ShardMemtable table in memtables.OldestFirst)
            {
                if (!table.TryAcquire())
                {
                    complete = false;
                    break;
                }

                held.Add(table);
            }

            if (complete)
            {
                return held;
            }

            // One of them was flushed and freed since the set was read; the shard has a newer set by now, unless it was closed.
            held.ForEach(table => table.Release());
            ObjectDisposedException.ThrowIf(shard.Memtables == memtables, shard);
        }
    }
}
