using Tsdb.Model.Files;

#pragma warning disable RS0030 // this folder is where IFileSystem meets the operating system; everything else takes the seam

namespace Tsdb.Storage.Files;

/// <summary>The operating system's disk. Stateless and safe for concurrent use.</summary>
/// <remarks>
/// Files are opened for sharing, so that a file being read can be renamed and deleted on every system; who may write a file is decided by the
/// engine, and who may use a data folder by <see cref="TryLock"/>.
/// </remarks>
public sealed class PhysicalFileSystem : IFileSystem
{
    private const FileShare Sharing = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>The one instance; there is nothing to configure.</summary>
    public static PhysicalFileSystem Instance { get; } = new();

    /// <inheritdoc/>
    public void CreateDirectory(string path) => Directory.CreateDirectory(path);

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => Directory.Exists(path);

    /// <inheritdoc/>
    public bool FileExists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory)
    {
        string[] names = Directory.GetFileSystemEntries(directory);
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = Path.GetFileName(names[i]);
        }

        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    /// <inheritdoc/>
    public IWritableFile CreateFile(string path) =>
        new PhysicalWritableFile(path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, Sharing));

    /// <inheritdoc/>
    public IWritableFile OpenForWriting(string path) =>
        new PhysicalWritableFile(path, File.OpenHandle(path, FileMode.Open, FileAccess.Write, Sharing));

    /// <inheritdoc/>
    public IReadableFile OpenForReading(string path) =>
        new PhysicalReadableFile(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, Sharing));

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        if (Directory.Exists(from))
        {
            Directory.Move(from, to);
        }
        else
        {
            File.Move(from, to, overwrite: true);
        }
    }

    /// <inheritdoc/>
    public void DeleteFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // The contract says that deleting what is not there does nothing, whichever part of the path is missing.
        }
    }

    /// <inheritdoc/>
    public void DeleteDirectory(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // As for DeleteFile.
        }
    }

    /// <inheritdoc/>
    public void SyncDirectory(string path) => DiskSync.SyncDirectory(path);

    /// <inheritdoc/>
    public IDisposable? TryLock(string path)
    {
        try
        {
            // No sharing: a lock of the process on Windows, flock(LOCK_EX) elsewhere. Both end with the process, however it ends.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException error) when (SystemErrors.IsSharingViolation(error))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public bool IsDiskFull(IOException error) => SystemErrors.IsDiskFull(error);
}
