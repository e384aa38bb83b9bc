namespace Tsdb.Storage.Shards;

/// <summary>A rotation after which idle series have not left memory yet.</summary>
/// <param name="Memtable">What was frozen; while it waits to be flushed, no series that has samples in it may leave.</param>
/// <param name="IdleBefore">Series last used before this generation of <see cref="SlotMarks"/> are idle.</param>
/// <param name="Since">When it was, as a timestamp of the shard's clock.</param>
/// <param name="IsByChurn">True when series come and go: then one rotation is enough for those that are gone.</param>
internal readonly record struct Rotation(FrozenMemtable Memtable, uint IdleBefore, long Since, bool IsByChurn);
