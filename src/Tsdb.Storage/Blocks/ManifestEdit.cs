using Tsdb.Model.Samples;

namespace Tsdb.Storage.Blocks;

/// <summary>One change of what counts in a data folder. All of it takes effect, or none.</summary>
internal sealed record ManifestEdit
{
    /// <summary>Blocks that count from now on; they are complete and synced.</summary>
    public IReadOnlyList<BlockId> Added { get; init; } = [];

    /// <summary>Blocks that do not count any more.</summary>
    public IReadOnlyList<BlockId> Removed { get; init; } = [];

    /// <summary>What changes for shards.</summary>
    public IReadOnlyList<ShardEdit> Shards { get; init; } = [];

    /// <summary>The last write known, if higher than before.</summary>
    public SequenceNumber LastSequence { get; init; }

    /// <summary>The new number of shards; 0 leaves it as it is. What was known of shards beyond it is forgotten.</summary>
    public int ShardCount { get; init; }
}
