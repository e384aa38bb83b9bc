namespace Tsdb.EndToEnd.Tests;

/// <summary>When a crash test kills the server.</summary>
internal enum CrashMoment
{
    /// <summary>Under load, right after an acknowledgement.</summary>
    AfterAnAcknowledgement,

    /// <summary>Under load, at any moment.</summary>
    AtRandom,

    /// <summary>Under load, while the memtables are flushed to blocks.</summary>
    WhileFlushing,

    /// <summary>As soon as it takes writes, or after the first few.</summary>
    AfterTheStart,

    /// <summary>Under load, and then twice more while the next start recovers.</summary>
    WhileRecovering,
}
