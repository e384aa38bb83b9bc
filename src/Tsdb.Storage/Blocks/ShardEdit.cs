namespace Tsdb.Storage.Blocks;

/// <summary>What a MANIFEST says of one shard. In an edit, numbers lower than those known change nothing.</summary>
/// <param name="Shard">The shard's index.</param>
/// <param name="FirstSegmentKept">The first segment of its log whose samples are not all in blocks.</param>
/// <param name="NextSlot">No series slot from here on was given out yet.</param>
internal readonly record struct ShardEdit(int Shard, long FirstSegmentKept, uint NextSlot);
