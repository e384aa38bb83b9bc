namespace Tsdb.Storage.Reading;

/// <summary>Where a part of a series lies: the number of the source in its snapshot, and the series' number there.</summary>
/// <param name="Source">A shard's index, or the shard count plus a block's index.</param>
/// <param name="Series">The slot in the shard or the row in the block.</param>
/// <param name="Next">The index of the same series' next part, or -1.</param>
internal record struct SeriesPart(int Source, uint Series, int Next);
