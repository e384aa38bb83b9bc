namespace Tsdb.Testing.Files;

/// <summary>What of the unsynced changes is still there after a crash.</summary>
public enum CrashSurvivors
{
    /// <summary>Nothing: power was lost before the operating system wrote any of it.</summary>
    SyncedOnly,

    /// <summary>All of it: only the process was killed.</summary>
    Everything,

    /// <summary>Any of it: each unsynced sector, length and name survives or not by chance, as after a real loss of power.</summary>
    AnyMix,
}
