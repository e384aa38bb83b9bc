using Microsoft.Extensions.Logging;

namespace Tsdb.Storage;

/// <summary>What the engine tells its log.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(1, LogLevel.Information, "Opened {Path}: {Blocks} blocks, {Series} series and {Samples} samples from the log, in {Milliseconds:F0} ms.")]
    public static partial void Opened(ILogger log, string path, int blocks, long series, long samples, double milliseconds);

    [LoggerMessage(2, LogLevel.Debug, "Flushed {Samples} samples of shard {Shard} to {Blocks} block(s) in {Milliseconds:F0} ms.")]
    public static partial void Flushed(ILogger log, long samples, int shard, int blocks, double milliseconds);

    [LoggerMessage(3, LogLevel.Error, "A flush failed; nothing is lost, and it will be tried again in a second.")]
    public static partial void FlushFailed(ILogger log, Exception failure);

    [LoggerMessage(4, LogLevel.Information, "Deleted {Blocks} block(s) whose samples are older than the retention period.")]
    public static partial void Expired(ILogger log, int blocks);

    [LoggerMessage(5, LogLevel.Warning, "The block folder {Path} is named by no MANIFEST: most likely a stop came between writing or deleting it and "
        + "the MANIFEST, and its samples are in the log or meant to go. Moved to {Quarantine}.")]
    public static partial void Orphan(ILogger log, string path, string quarantine);

    [LoggerMessage(6, LogLevel.Information, "The data folder was written with {Old} shards and is opened with {New}: what the log holds moves to blocks first.")]
    public static partial void Resharding(ILogger log, int old, int @new);

    [LoggerMessage(12, LogLevel.Information, "Opening {Path}: {Progress}, at {MebibytesPerSecond:F1} MiB/s.")]
    public static partial void Replaying(ILogger log, string path, RecoveryView progress, double mebibytesPerSecond);

    [LoggerMessage(8, LogLevel.Debug, "Wrote a checkpoint of shard {Shard}: {Samples} samples, {Bytes} bytes, in {Milliseconds:F0} ms.")]
    public static partial void Checkpointed(ILogger log, int shard, long samples, long bytes, double milliseconds);

    [LoggerMessage(9, LogLevel.Warning, "No checkpoint of shard {Shard} could be written; nothing is lost, but the next start has more of the log to replay.")]
    public static partial void CheckpointFailed(ILogger log, int shard, Exception failure);

    [LoggerMessage(10, LogLevel.Warning, "Checkpoints of shard {Shard} that are no longer needed could not be deleted; tried again later.")]
    public static partial void CheckpointNotDeleted(ILogger log, int shard, Exception failure);

    [LoggerMessage(11, LogLevel.Warning, "{Detail}. Nothing is lost: the checkpoint before it, or the whole log, is read instead.")]
    public static partial void CheckpointDamaged(ILogger log, string detail);

    [LoggerMessage(7, LogLevel.Warning, "The MANIFEST of {Path} ends in an unfinished edit of {TornBytes} bytes; it is cut off, as if that edit had never been begun.")]
    public static partial void ManifestTorn(ILogger log, string path, long tornBytes);

    [LoggerMessage(13, LogLevel.Debug, "{Forgotten} idle series of shard {Shard} left memory, {Kept} stay; took {Milliseconds:F0} ms.")]
    public static partial void Forgotten(ILogger log, int forgotten, int shard, int kept, double milliseconds);

    [LoggerMessage(20, LogLevel.Warning, "The metric metadata of {Path} ends in {DamagedBytes} bytes that cannot be read: the families in them are known again "
        + "once a sender tells of them.")]
    public static partial void MetadataDamaged(ILogger log, string path, long damagedBytes);
}
