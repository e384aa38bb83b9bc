namespace Tsdb.Storage;

/// <summary>Settings of the storage engine; checked once when it opens.</summary>
public sealed record StorageOptions
{
    /// <summary>Shards: writers that work side by side. 1 to 64. Default: the number of processors.</summary>
    /// <remarks>May change between runs: the next start then moves what is in the log to blocks and begins anew with the new count.</remarks>
    public int ShardCount { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>Size in bytes of a shard's memtable at which it is frozen and flushed to a block. 1 MiB to 1 GiB. Default 96 MiB.</summary>
    /// <remarks>May change between runs. A shard holds up to three memtables: one active, two being flushed.</remarks>
    public long MemtableBytes { get; init; } = 96L << 20;

    /// <summary>How long a memtable takes samples before it is frozen however small it is. 1 min to 24 h. Default 2 h.</summary>
    public TimeSpan MemtableAge { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Size in bytes at which a log segment is closed and the next begun. 1 MiB to 1 GiB. Default 64 MiB.</summary>
    /// <remarks>May change between runs: replay trusts file lengths, not this value.</remarks>
    public long WalSegmentBytes { get; init; } = 64L << 20;

    /// <summary>
    /// Bytes of log, before compression and over all shards, that a start after a crash has to replay at most: a shard that has written its part writes a
    /// checkpoint of its memtable. 8 MiB to 8 GiB. Default 128 MiB.
    /// </summary>
    /// <remarks>May change between runs.</remarks>
    public long MaxReplayBytes { get; init; } = 128L << 20;

    /// <summary>How often the log is synced for writes that asked for <see cref="Model.Writing.Durability.Interval"/>. 1 ms to 1 min. Default 100 ms.</summary>
    public TimeSpan WalSyncInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long samples are kept, by their timestamps. Null (the default) keeps them for ever; otherwise 1 h to 200 years.</summary>
    /// <remarks>May change between runs; shortening it deletes data.</remarks>
    public TimeSpan? Retention { get; init; }

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        Check(ShardCount is >= 1 and <= 64, nameof(ShardCount), ShardCount, "1 to 64");
        Check(MemtableBytes is >= 1 << 20 and <= 1 << 30, nameof(MemtableBytes), MemtableBytes, "1 MiB to 1 GiB");
        Check(MemtableAge >= TimeSpan.FromMinutes(1) && MemtableAge <= TimeSpan.FromHours(24), nameof(MemtableAge), MemtableAge, "1 min to 24 h");
        Check(WalSegmentBytes is >= 1 << 20 and <= 1 << 30, nameof(WalSegmentBytes), WalSegmentBytes, "1 MiB to 1 GiB");
        Check(MaxReplayBytes is >= 8L << 20 and <= 8L << 30, nameof(MaxReplayBytes), MaxReplayBytes, "8 MiB to 8 GiB");
        Check(
            WalSyncInterval >= TimeSpan.FromMilliseconds(1) && WalSyncInterval <= TimeSpan.FromMinutes(1),
            nameof(WalSyncInterval), WalSyncInterval, "1 ms to 1 min");
        Check(
            Retention is not { } kept || (kept >= TimeSpan.FromHours(1) && kept <= TimeSpan.FromDays(200 * 365)),
            nameof(Retention), Retention, "1 h to 200 years, or none to keep data for ever");
    }

    private static void Check(bool holds, string name, object? value, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}, but must be {range}.");
        }
    }
}
