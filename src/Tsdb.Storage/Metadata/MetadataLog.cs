using Tsdb.Model.Files;

namespace Tsdb.Storage.Metadata;

/// <summary>The file METADATA while it is open: a log of entries. Not thread-safe: one caller at a time.</summary>
/// <remarks>
/// Entries are appended until the file is large, then all are written anew under a temporary name and renamed. After a failed append nobody knows how
/// much of it is on disk, so the next one writes the file anew too. The file is created when there is something to write.
/// </remarks>
internal sealed class MetadataLog : IDisposable
{
    /// <summary>Below this the file is not written anew however little of it still holds.</summary>
    private const int MinRewriteBytes = 1 << 20;

    /// <summary>The file is written anew when it is this many times longer than its entries need.</summary>
    private const int RewriteRatio = 4;

    private readonly IFileSystem _files;
    private readonly string _folder;
    private IWritableFile? _file; // null before the first write and after a failure
    private long _lengthBytes;
    private long _rewriteAtBytes;

    private MetadataLog(IFileSystem files, string folder)
    {
        _files = files;
        _folder = folder;
    }

    /// <summary>Bytes of the file that could not be read, and that the next write drops.</summary>
    public long DamagedBytes { get; private init; }

    /// <summary>Opens the file of a data folder whose lock the caller holds, if there is one, and reads it into a table.</summary>
    /// <exception cref="Model.Errors.DataFolderException">The file is of a newer version.</exception>
    public static MetadataLog Open(IFileSystem files, string folder, MetadataTable table)
    {
        string path = Path.Combine(folder, MetadataFile.Name);
        if (!files.FileExists(path))
        {
            return new MetadataLog(files, folder);
        }

        byte[] bytes = ReadAll(files, path);
        int lengthBytes = MetadataFile.Decode(bytes, path, table);
        if (lengthBytes < Math.Max(bytes.Length, MetadataFile.HeaderBytes))
        {
            return new MetadataLog(files, folder) { DamagedBytes = bytes.Length - lengthBytes }; // the next write makes it whole
        }

        return new MetadataLog(files, folder)
        {
            _file = files.OpenForWriting(path),
            _lengthBytes = lengthBytes,
            _rewriteAtBytes = RewriteLengthFor(lengthBytes),
        };
    }

    /// <summary>Writes entries; they are on disk when this returns.</summary>
    /// <param name="changed">Those that changed since the last call.</param>
    /// <param name="all">All there are.</param>
    /// <exception cref="IOException">The disk refuses; the next call writes everything.</exception>
    public void Write(IReadOnlyList<MetadataEntry> changed, Func<IReadOnlyList<MetadataEntry>> all)
    {
        if (_file is null || _lengthBytes >= _rewriteAtBytes)
        {
            Rewrite(all());
            return;
        }

        byte[] records = MetadataFile.EncodeRecords(changed, _lengthBytes);
        try
        {
            _file.Write(_lengthBytes, records);
            _file.Sync();
        }
        catch
        {
            Dispose();
            throw;
        }

        _lengthBytes += records.Length;
    }

    /// <summary>Closes the file; everything written is on disk already.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private static byte[] ReadAll(IFileSystem files, string path)
    {
        using IReadableFile file = files.OpenForReading(path);
        byte[] bytes = new byte[file.LengthBytes];
        int read = file.Read(0, bytes);
        return bytes[..read];
    }

    private void Rewrite(IReadOnlyList<MetadataEntry> all)
    {
        Dispose();
        string temporary = Path.Combine(_folder, MetadataFile.TemporaryName);
        string path = Path.Combine(_folder, MetadataFile.Name);
        byte[] bytes = [.. MetadataFile.EncodeHeader(), .. MetadataFile.EncodeRecords(all, MetadataFile.HeaderBytes)];
        _files.DeleteFile(temporary);
        using (IWritableFile file = _files.CreateFile(temporary))
        {
            file.Write(0, bytes);
            file.Sync();
        }

        _files.Rename(temporary, path);
        _files.SyncDirectory(_folder);
        _file = _files.OpenForWriting(path);
        _lengthBytes = bytes.Length;
        _rewriteAtBytes = RewriteLengthFor(bytes.Length);
    }

    private static long RewriteLengthFor(long bytes) => Math.Max(MinRewriteBytes, bytes * RewriteRatio);
}
