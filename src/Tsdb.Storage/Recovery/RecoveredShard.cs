using System.Collections.Immutable;
using Tsdb.Model.Samples;
using Tsdb.Storage.Memtable;
using Tsdb.Storage.Series;
using Tsdb.Storage.Shards;

namespace Tsdb.Storage.Recovery;

/// <summary>A shard's state in memory after its log was replayed.</summary>
/// <param name="Series">The series its log named.</param>
/// <param name="Logged">Which of them have a SERIES record in segments that are still kept.</param>
/// <param name="Frozen">Full memtables, oldest first, that wait to be flushed.</param>
/// <param name="Memtable">The later samples its log held.</param>
/// <param name="MinSequence">The first write in the memtable; 0 when it is empty.</param>
/// <param name="MaxSequence">The last write in the memtable; 0 when it is empty.</param>
/// <param name="FirstSegment">The first log segment that is needed for what is in memory.</param>
/// <param name="LogBytes">Bytes of log from there on.</param>
/// <param name="TailBytes">Bytes of log that no checkpoint stands for.</param>
internal sealed record RecoveredShard(
    SeriesTable Series,
    SlotMarks Logged,
    ImmutableArray<FrozenMemtable> Frozen,
    ShardMemtable Memtable,
    SequenceNumber MinSequence,
    SequenceNumber MaxSequence,
    long FirstSegment,
    long LogBytes,
    long TailBytes);
