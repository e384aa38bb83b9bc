using Tsdb.Storage.Memtable;

namespace Tsdb.Storage.Shards;

/// <summary>What a shard asks of the engine.</summary>
/// <param name="Time">The clock.</param>
/// <param name="NewMemtable">Creates an empty memtable with one reference.</param>
/// <param name="OnFrozen">Called, under the shard's lock, when a memtable waits to be flushed.</param>
internal sealed record ShardServices(TimeProvider Time, Func<ShardMemtable> NewMemtable, Action OnFrozen);
