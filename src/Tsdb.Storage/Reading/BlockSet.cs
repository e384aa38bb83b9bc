using System.Collections.Immutable;
using Tsdb.Model.Time;
using Tsdb.Storage.Blocks;

namespace Tsdb.Storage.Reading;

/// <summary>The blocks queries read. Safe for concurrent use: the list is replaced whole, under a lock, and readers hold the blocks they took.</summary>
internal sealed class BlockSet : IDisposable
{
    private readonly Lock _gate = new();
    private volatile ImmutableBlocks _blocks = new([]);

    /// <summary>The blocks now, the one with the older writes first.</summary>
    public ImmutableArray<Block> All => _blocks.Items;

    /// <summary>Shows further blocks to readers. The set takes over the caller's reference to each.</summary>
    public void Add(IEnumerable<Block> added)
    {
        lock (_gate)
        {
            _blocks = new ImmutableBlocks([.. _blocks.Items.Concat(added).OrderBy(block => block.Meta.MaxSequence)]);
        }
    }

    /// <summary>Hides blocks from readers and deletes each once its last reader is done.</summary>
    public void Remove(IReadOnlyCollection<Block> removed)
    {
        lock (_gate)
        {
            _blocks = new ImmutableBlocks([.. _blocks.Items.Where(block => !removed.Contains(block))]);
        }

        foreach (Block block in removed)
        {
            block.Delete();
        }
    }

    /// <summary>Holds the blocks whose time range overlaps another; the caller releases each.</summary>
    public void Hold(TimeRange range, List<Block> held)
    {
        while (!TryHold(_blocks.Items, range, held))
        {
            // A block was deleted between reading the list and holding it; there is a newer list by now.
            held.ForEach(block => block.Release());
            held.Clear();
        }
    }

    /// <summary>Closes every block once its last reader is done.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (Block block in _blocks.Items)
            {
                block.Release();
            }

            _blocks = new ImmutableBlocks([]);
        }
    }

    private static bool TryHold(ImmutableArray<Block> blocks, TimeRange range, List<Block> held)
    {
        foreach (Block block in blocks)
        {
            if (!block.Meta.Range.Overlaps(range))
            {
                continue;
            }

            if (!block.TryAcquire())
            {
                return false;
            }

            held.Add(block);
        }

        return true;
    }

    // A reference, so that the field can be volatile.
    private sealed record ImmutableBlocks(ImmutableArray<Block> Items);
}
