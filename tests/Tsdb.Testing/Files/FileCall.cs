namespace Tsdb.Testing.Files;

/// <summary>The kinds of call a test can count, stop or fail.</summary>
public enum FileCall
{
    /// <summary>Creating a directory that does not exist.</summary>
    CreateDirectory,

    /// <summary>Creating a file.</summary>
    CreateFile,

    /// <summary>Opening a file for writing or reading.</summary>
    Open,

    /// <summary>Reading or mapping bytes.</summary>
    Read,

    /// <summary>Writing bytes.</summary>
    Write,

    /// <summary>Cutting or extending a file.</summary>
    SetLength,

    /// <summary>Syncing a file.</summary>
    Sync,

    /// <summary>Renaming.</summary>
    Rename,

    /// <summary>Deleting a file or directory.</summary>
    Delete,

    /// <summary>Syncing a directory.</summary>
    SyncDirectory,
}
