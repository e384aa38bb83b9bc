namespace Tsdb.Model.Files;

/// <summary>
/// The disk as the engine sees it, passed in so that tests can stop, fail and crash it. Paths are the operating system's. Safe for concurrent use;
/// the files it opens say what they allow.
/// </summary>
/// <remarks>
/// Failures are <see cref="IOException"/>s; a full disk is one for which <see cref="IsDiskFull"/> is true. What survives a crash: bytes that
/// <see cref="IWritableFile.Sync"/> covered, under names that <see cref="SyncDirectory"/> covered.
/// </remarks>
public interface IFileSystem
{
    /// <summary>Creates a directory and its parents; does nothing when it exists.</summary>
    void CreateDirectory(string path);

    /// <summary>Says whether a directory exists.</summary>
    bool DirectoryExists(string path);

    /// <summary>Says whether a file exists.</summary>
    bool FileExists(string path);

    /// <summary>The names (not paths) of the files and directories directly in a directory, sorted ordinally.</summary>
    IReadOnlyList<string> List(string directory);

    /// <summary>Creates a new file for writing.</summary>
    /// <exception cref="IOException">The file exists, or the disk refuses.</exception>
    IWritableFile CreateFile(string path);

    /// <summary>Opens an existing file for writing; its content is kept.</summary>
    IWritableFile OpenForWriting(string path);

    /// <summary>Opens an existing file for reading.</summary>
    IReadableFile OpenForReading(string path);

    /// <summary>Renames a file or directory, replacing a file of the new name.</summary>
    void Rename(string from, string to);

    /// <summary>Deletes a file; does nothing when there is none. Open readers keep reading what was there.</summary>
    void DeleteFile(string path);

    /// <summary>Deletes a directory and all in it; does nothing when there is none.</summary>
    void DeleteDirectory(string path);

    /// <summary>Makes the names created, renamed and deleted in a directory survive a crash.</summary>
    void SyncDirectory(string path);

    /// <summary>Takes an exclusive lock that ends with the process; dispose it to let go. Null when somebody holds it.</summary>
    IDisposable? TryLock(string path);

    /// <summary>Says whether an error means that the disk is full.</summary>
    bool IsDiskFull(IOException error);
}
