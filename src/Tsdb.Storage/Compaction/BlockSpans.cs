using Tsdb.Model.Time;
using Tsdb.Storage.Chunks;

namespace Tsdb.Storage.Compaction;

/// <summary>Splits a memtable's time between at most two blocks: the recent windows, which belong together, and everything older.</summary>
/// <remarks>
/// "Recent" goes by the data, not by the clock: the window of the latest sample and the one before it. So a stream of current data, or of old data
/// loaded in order, becomes one narrow block, and late samples among it become one backfill block of any span.
/// </remarks>
internal static class BlockSpans
{
    /// <summary>The parts to write, oldest first; both ends fall on window edges, so in-order chunks are never cut.</summary>
    public static IReadOnlyList<TimeRange> Of(TimeRange memtable)
    {
        long recentStart = Timestamps.AddSaturating(TimeWindow.StartOf(memtable.MaxTimeNs), -TimeWindow.LengthNs);
        return memtable.MinTimeNs >= recentStart
            ? [memtable]
            : [new TimeRange(memtable.MinTimeNs, recentStart - 1), new TimeRange(recentStart, memtable.MaxTimeNs)];
    }
}
