using Microsoft.Extensions.Logging;

namespace Tsdb.Storage.Wal;

/// <summary>What the WAL tells the operator.</summary>
internal static partial class WalLog
{
    [LoggerMessage(1, LogLevel.Error, "The write-ahead log {Directory} could not be written or synced and takes no more writes until a restart.")]
    public static partial void Poisoned(this ILogger logger, string directory, Exception error);

    [LoggerMessage(2, LogLevel.Error, "The disk of the write-ahead log {Directory} is full; writes are refused until there is space.")]
    public static partial void DiskFull(this ILogger logger, string directory, Exception error);

    [LoggerMessage(3, LogLevel.Warning, "The disk of the write-ahead log {Directory} has space again; writes are taken.")]
    public static partial void SpaceAgain(this ILogger logger, string directory);

    [LoggerMessage(4, LogLevel.Error, "The write-ahead log {Directory} was closed while its disk was full; writes that were never acknowledged are dropped.")]
    public static partial void ClosedWhileFull(this ILogger logger, string directory);

    [LoggerMessage(5, LogLevel.Warning, "Segments of the write-ahead log {Directory} that are no longer needed could not be deleted; tried again later.")]
    public static partial void SegmentNotDeleted(this ILogger logger, string directory, Exception error);

    [LoggerMessage(6, LogLevel.Warning, "{Path} ends in an unfinished write at byte {OffsetBytes}: {TornBytes} bytes, none acknowledged as durable, are cut off.")]
    public static partial void TornTail(this ILogger logger, string path, long offsetBytes, long tornBytes);

    [LoggerMessage(9, LogLevel.Information, "{Path} was not closed: its records end at byte {OffsetBytes}, {RoomBytes} zeros after them, room made in advance, are cut off.")]
    public static partial void RoomCut(this ILogger logger, string path, long offsetBytes, long roomBytes);

    [LoggerMessage(7, LogLevel.Error, "{Path} is damaged from byte {OffsetBytes} to {EndBytes} ({Reason}); what was logged there is lost, replay goes on after it.")]
    public static partial void Quarantined(this ILogger logger, string path, long offsetBytes, long endBytes, string reason);

    [LoggerMessage(8, LogLevel.Information, "Replayed {Directory}: segments {FirstSegment} to {LastSegment}, {Records} records, {Series} series, {Samples} samples.")]
    public static partial void Replayed(this ILogger logger, string directory, long firstSegment, long lastSegment, long records, long series, long samples);
}
