using Tsdb.Model.Samples;
using Tsdb.Storage.Memtable;

namespace Tsdb.Storage.Shards;

/// <summary>A memtable that takes no more samples and waits to become a block.</summary>
/// <param name="Table">The memtable; the shard holds one reference until the flush is done.</param>
/// <param name="MinSequence">The first write it holds.</param>
/// <param name="MaxSequence">The last write it holds.</param>
/// <param name="FirstSegmentKept">Once the memtable's block is in the MANIFEST, the shard's WAL is needed only from this segment on.</param>
internal sealed record FrozenMemtable(ShardMemtable Table, SequenceNumber MinSequence, SequenceNumber MaxSequence, long FirstSegmentKept);
