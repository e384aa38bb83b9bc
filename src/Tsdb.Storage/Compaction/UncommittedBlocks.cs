using Tsdb.Storage.Blocks;
using Tsdb.Storage.Shards;

namespace Tsdb.Storage.Compaction;

/// <summary>Blocks that are complete on disk while the MANIFEST could not be told: the next try records them instead of writing them again.</summary>
/// <remarks>Their folders are never deleted: the failed edit may have reached the disk all the same. Used by the flush loop alone.</remarks>
internal sealed class UncommittedBlocks : IDisposable
{
    private readonly Dictionary<FrozenMemtable, IReadOnlyList<Block>> _blocks = [];

    /// <summary>The blocks of a memtable, written now unless an earlier try did.</summary>
    public IReadOnlyList<Block> GetOrWrite(FrozenMemtable frozen, Func<IReadOnlyList<Block>> write)
    {
        if (!_blocks.TryGetValue(frozen, out IReadOnlyList<Block>? blocks))
        {
            _blocks.Add(frozen, blocks = write());
        }

        return blocks;
    }

    /// <summary>The blocks of a memtable count now and belong to the caller.</summary>
    public void Forget(FrozenMemtable frozen) => _blocks.Remove(frozen);

    /// <summary>Closes what no MANIFEST was told of.</summary>
    public void Dispose()
    {
        foreach (Block block in _blocks.Values.SelectMany(blocks => blocks))
        {
            block.Release();
        }

        _blocks.Clear();
    }
}
