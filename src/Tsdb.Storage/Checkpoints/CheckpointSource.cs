using Tsdb.Model.Samples;
using Tsdb.Storage.Memtable;
using Tsdb.Storage.Series;

namespace Tsdb.Storage.Checkpoints;

/// <summary>What a checkpoint is made from: a shard's memory at one moment, marked under its lock and read afterwards without one.</summary>
/// <remarks>
/// What is written to the memtable after that moment may get into the checkpoint in part. It is in the tail of the log, too, and replaying that on top
/// ends in the same samples: each lane is read as a prefix, so a sample replayed goes where it was or after it.
/// </remarks>
/// <param name="Memtable">The active memtable, held; whoever got this releases it.</param>
/// <param name="Series">The shard's series.</param>
/// <param name="Logged">The slots that the log need not name again in this generation, ascending.</param>
/// <param name="FirstSegment">The first log segment of the memtable's samples.</param>
/// <param name="TailSegment">The first log segment after the moment.</param>
/// <param name="MinSequence">The first write in the memtable.</param>
/// <param name="LastSequence">The last write before the moment.</param>
/// <param name="LogPosition">The end of the log at the moment.</param>
internal sealed record CheckpointSource(
    ShardMemtable Memtable,
    SeriesTable Series,
    List<uint> Logged,
    long FirstSegment,
    long TailSegment,
    SequenceNumber MinSequence,
    SequenceNumber LastSequence,
    long LogPosition)
{
    /// <summary>The slots of the series the checkpoint has to name, ascending: those of the memtable and those logged.</summary>
    public List<uint> Slots()
    {
        var slots = new List<uint>(Logged.Count);
        int next = 0;
        foreach (uint slot in Memtable.Slots())
        {
            for (; next < Logged.Count && Logged[next] < slot; next++)
            {
                slots.Add(Logged[next]);
            }

            next += next < Logged.Count && Logged[next] == slot ? 1 : 0;
            slots.Add(slot);
        }

        slots.AddRange(Logged[next..]);

        // A slot whose series replay found under another one is logged, but never used again.
        slots.RemoveAll(slot => !Series.Contains(slot));
        return slots;
    }
}
