using Tsdb.Storage.Blocks;

namespace Tsdb.Storage.Retention;

/// <summary>Finds the blocks that retention lets go of.</summary>
internal static class ExpiredBlocks
{
    /// <summary>The blocks whose every sample is older than the oldest timestamp kept.</summary>
    public static IReadOnlyList<Block> Of(IEnumerable<Block> blocks, long oldestKeptTimestampNs) =>
        [.. blocks.Where(block => block.Meta.Range.MaxTimeNs < oldestKeptTimestampNs)];
}
