using System.Collections.Immutable;
using Tsdb.Model.Samples;

namespace Tsdb.Storage.Blocks;

/// <summary>What counts in a data folder: the sum of a MANIFEST's edits. Immutable.</summary>
internal sealed record ManifestState
{
    /// <summary>The state of a new data folder.</summary>
    public static ManifestState Empty { get; } = new();

    /// <summary>The blocks that count, by id, so oldest first.</summary>
    public ImmutableSortedSet<BlockId> Blocks { get; private init; } = [];

    /// <summary>What is known of each shard that an edit named, by index.</summary>
    public ImmutableSortedDictionary<int, ShardEdit> Shards { get; private init; } = ImmutableSortedDictionary<int, ShardEdit>.Empty;

    /// <summary>The last write known; the log may know later ones.</summary>
    public SequenceNumber LastSequence { get; private init; }

    /// <summary>How many shards the data folder has; 0 while none was recorded.</summary>
    public int ShardCount { get; private init; }

    /// <summary>The first segment of a shard's log that is still needed.</summary>
    public long FirstSegmentOf(int shard) => Shards.GetValueOrDefault(shard).FirstSegmentKept;

    /// <summary>The first slot of a shard that is free.</summary>
    public uint NextSlotOf(int shard) => Shards.GetValueOrDefault(shard).NextSlot;

    /// <summary>The state after an edit.</summary>
    /// <exception cref="ArgumentException">It adds a block that counts already, or removes one that does not.</exception>
    public ManifestState With(ManifestEdit edit)
    {
        ImmutableSortedSet<BlockId>.Builder blocks = Blocks.ToBuilder();
        foreach (BlockId removed in edit.Removed)
        {
            if (!blocks.Remove(removed))
            {
                throw new ArgumentException($"Block {removed} cannot be removed: the MANIFEST does not name it.", nameof(edit));
            }
        }

        foreach (BlockId added in edit.Added)
        {
            if (!blocks.Add(added))
            {
                throw new ArgumentException($"Block {added} cannot be added: the MANIFEST names it already.", nameof(edit));
            }
        }

        return this with
        {
            Blocks = blocks.ToImmutable(),
            Shards = ShardsWith(edit),
            LastSequence = edit.LastSequence > LastSequence ? edit.LastSequence : LastSequence,
            ShardCount = edit.ShardCount > 0 ? edit.ShardCount : ShardCount,
        };
    }

    /// <summary>One edit that makes this state out of an empty one.</summary>
    public ManifestEdit ToEdit() => new()
    {
        Added = [.. Blocks],
        Shards = [.. Shards.Values],
        LastSequence = LastSequence,
        ShardCount = ShardCount,
    };

    private ImmutableSortedDictionary<int, ShardEdit> ShardsWith(ManifestEdit edit)
    {
        ImmutableSortedDictionary<int, ShardEdit>.Builder shards = Shards.ToBuilder();
        foreach (ShardEdit change in edit.Shards)
        {
            ShardEdit known = shards.GetValueOrDefault(change.Shard);
            shards[change.Shard] = new ShardEdit(
                change.Shard, Math.Max(known.FirstSegmentKept, change.FirstSegmentKept), Math.Max(known.NextSlot, change.NextSlot));
        }

        if (edit.ShardCount > 0)
        {
            shards.RemoveRange(shards.Keys.Where(shard => shard >= edit.ShardCount).ToArray());
        }

        return shards.ToImmutable();
    }
}
