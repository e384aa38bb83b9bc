namespace Tsdb.Model.Writing;

/// <summary>When a write counts as done, strongest first.</summary>
public enum Durability
{
    /// <summary>After its log record was synced to the disk (group commit): survives power loss.</summary>
    Always = 0,

    /// <summary>After its log record was handed to the operating system, which is told to sync at a fixed interval: survives a killed process.</summary>
    Interval = 1,

    /// <summary>After its log record was handed to the operating system, which syncs when it likes.</summary>
    Os = 2,
}
