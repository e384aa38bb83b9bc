namespace Tsdb.Storage.Wal;

/// <summary>What the flusher takes from the queue in one go.</summary>
/// <param name="Records">The records to write; may be none.</param>
/// <param name="Position">The position after the last of them.</param>
/// <param name="IsTick">True when a sync interval has passed.</param>
/// <param name="FirstSegmentKept">Segments before this one may be deleted.</param>
/// <param name="IsClosing">True when nothing comes after this.</param>
internal readonly record struct WalWork(PendingRecords Records, long Position, bool IsTick, long FirstSegmentKept, bool IsClosing);
