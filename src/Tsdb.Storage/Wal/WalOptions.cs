namespace Tsdb.Storage.Wal;

/// <summary>How a WAL is written. Every value may change between runs: replay trusts what the files say.</summary>
internal sealed record WalOptions
{
    /// <summary>Bytes, before compression, after which a segment is closed and the next begun. At least 64 KiB. Default 64 MiB.</summary>
    public long SegmentBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of room made on the disk at a time, ahead of what is written: a sync is then cheaper. 0 for none, to 64 MiB. Default 4 MiB.</summary>
    public int RoomBytes { get; init; } = 4 << 20;

    /// <summary>Records not yet written, in bytes before compression, at which appenders have to wait. At least 64 KiB. Default 8 MiB.</summary>
    public int MaxPendingBytes { get; init; } = 8 << 20;

    /// <summary>
    /// How often what was written with <see cref="Model.Writing.Durability.Interval"/> is synced, and a full disk tried again. 1 ms to 1 min.
    /// Default 100 ms.
    /// </summary>
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Checks the ranges; called once, at open.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(SegmentBytes, 64 << 10);
        ArgumentOutOfRangeException.ThrowIfNegative(RoomBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RoomBytes, 64 << 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPendingBytes, 64 << 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(SyncInterval, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SyncInterval, TimeSpan.FromMinutes(1));
    }
}
