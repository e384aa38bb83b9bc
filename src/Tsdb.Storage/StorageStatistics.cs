namespace Tsdb.Storage;

/// <summary>What the engine holds, at one moment.</summary>
/// <param name="HeadSeries">Series in memory.</param>
/// <param name="HeadSamples">Samples in memory, not yet in a block.</param>
/// <param name="HeadBytes">Bytes of sample memory.</param>
/// <param name="Blocks">Blocks on disk.</param>
/// <param name="BlockSamples">Samples in blocks.</param>
/// <param name="BlockBytes">Bytes of the blocks' files.</param>
/// <param name="FlushesWaiting">Frozen memtables that are not in a block yet.</param>
/// <param name="MinTimeNs">The earliest timestamp held; meaningless when there are no samples.</param>
/// <param name="MaxTimeNs">The latest timestamp held; before <paramref name="MinTimeNs"/> when there are no samples.</param>
public sealed record StorageStatistics(
    long HeadSeries, long HeadSamples, long HeadBytes, int Blocks, long BlockSamples, long BlockBytes, int FlushesWaiting, long MinTimeNs, long MaxTimeNs);
