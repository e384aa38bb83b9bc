using System.Collections.Immutable;
using Tsdb.Storage.Memtable;

namespace Tsdb.Storage.Shards;

/// <summary>The memtables of a shard at one moment. Immutable: the shard replaces the whole set, so a reader never sees a mix.</summary>
/// <param name="Active">Takes new samples.</param>
/// <param name="Frozen">Wait to be flushed, oldest first.</param>
internal sealed record MemtableSet(ShardMemtable Active, ImmutableArray<FrozenMemtable> Frozen)
{
    /// <summary>Every memtable, oldest first.</summary>
    public IEnumerable<ShardMemtable> OldestFirst => Frozen.Select(frozen => frozen.Table).Append(Active);

    /// <summary>The set with the active memtable frozen and a new one in its place.</summary>
    public MemtableSet Rotate(FrozenMemtable frozen, ShardMemtable active) => new(active, Frozen.Add(frozen));

    /// <summary>The set without a memtable that has been flushed.</summary>
    public MemtableSet Without(FrozenMemtable flushed) => this with { Frozen = Frozen.Remove(flushed) };
}
