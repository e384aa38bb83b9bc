using Tsdb.Model.Errors;

namespace Tsdb.Storage.Wal;

/// <summary>Why the log takes no writes now. Immutable.</summary>
/// <param name="Message">The sentence told to everyone who asks.</param>
/// <param name="RetryAfter">When asking again may help.</param>
/// <param name="Cause">The disk's error.</param>
/// <param name="IsFinal">True when only a restart ends it.</param>
internal sealed record WalOutage(string Message, TimeSpan RetryAfter, Exception? Cause, bool IsFinal)
{
    private static readonly TimeSpan DiskFullRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PoisonedRetry = TimeSpan.FromMinutes(1); // somebody has to come and look

    /// <summary>The disk is full; it ends when there is space.</summary>
    public static WalOutage DiskFull(string directory, Exception cause) => new(
        $"The disk of the write-ahead log {directory} is full: writes are refused until there is space.", DiskFullRetry, cause, IsFinal: false);

    /// <summary>A write or sync failed: what the disk holds is not known, and a later sync would not tell.</summary>
    public static WalOutage Poisoned(string directory, Exception cause) => new(
        $"The write-ahead log {directory} could not be written or synced ({cause.Message.TrimEnd('.')}). What the disk holds of the last writes is "
        + "not known, so no more are taken: check the disk, then restart.",
        PoisonedRetry,
        cause,
        IsFinal: true);

    /// <summary>The log is closed.</summary>
    public static WalOutage Closed(string directory) =>
        new($"The write-ahead log {directory} is closed.", PoisonedRetry, null, IsFinal: true);

    /// <summary>A fresh exception, as each is thrown on its own stack.</summary>
    public UnavailableException ToException() => new(Message, RetryAfter, Cause) { NeedsRestart = IsFinal };
}
