using Tsdb.Storage.Blocks;

namespace Tsdb.Storage.Compaction;

/// <summary>Records in the MANIFEST which blocks count and which log segments are still needed. Safe for concurrent use.</summary>
/// <param name="manifest">The open MANIFEST, owned from now on.</param>
internal sealed class ManifestKeeper(Manifest manifest) : IDisposable
{
    private readonly Lock _gate = new();

    /// <summary>What the MANIFEST says now.</summary>
    public ManifestState State
    {
        get
        {
            lock (_gate)
            {
                return manifest.State;
            }
        }
    }

    /// <summary>Records that a memtable's samples are in blocks and that the log before a segment is not needed for them any more.</summary>
    public void CommitFlush(int shard, long firstSegmentKept, uint nextSlot, IReadOnlyCollection<Block> blocks) => Commit(new ManifestEdit
    {
        Added = [.. blocks.Select(block => block.Meta.Id)],
        LastSequence = blocks.Count == 0 ? default : blocks.Max(block => block.Meta.MaxSequence),
        Shards = [new ShardEdit(shard, firstSegmentKept, nextSlot)],
    });

    /// <summary>Records that blocks do not count any more.</summary>
    public void CommitRemoval(IReadOnlyCollection<Block> blocks) =>
        Commit(new ManifestEdit { Removed = [.. blocks.Select(block => block.Meta.Id)] });

    /// <summary>Records an edit; it is on disk when this returns.</summary>
    public void Commit(ManifestEdit edit)
    {
        lock (_gate)
        {
            manifest.Append(edit);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => manifest.Dispose();
}
