using Tsdb.Model.Files;

namespace Tsdb.Storage.Wal;

/// <summary>The segment being written. Used by the flusher alone.</summary>
internal sealed class WalSegment : IDisposable
{
    private readonly IWritableFile _file;

    private WalSegment(IWritableFile file, long number)
    {
        _file = file;
        Number = number;
        LengthBytes = WalFormat.SegmentHeaderBytes;
    }

    /// <summary>The segment's number.</summary>
    public long Number { get; }

    /// <summary>Bytes written.</summary>
    public long LengthBytes { get; private set; }

    /// <summary>Bytes known durable.</summary>
    public long SyncedBytes { get; private set; }

    /// <summary>The segment's path.</summary>
    public string Path => _file.Path;

    /// <summary>Creates a segment with its header. Its name is durable when this returns, its bytes after the first <see cref="Sync"/>.</summary>
    public static WalSegment Create(IFileSystem files, string directory, in WalSegmentHeader header)
    {
        string path = WalSegmentName.PathOf(directory, header.Number);
        IWritableFile file = files.CreateFile(path);
        try
        {
            Span<byte> bytes = stackalloc byte[WalFormat.SegmentHeaderBytes];
            header.Write(bytes);
            file.Write(0, bytes);

            // After a crash the file's bytes may survive while its name does not.
            files.SyncDirectory(directory);
            return new WalSegment(file, header.Number);
        }
        catch
        {
            // Gone again, so that a second try can create it.
            file.Dispose();
            files.DeleteFile(path);
            throw;
        }
    }

    /// <summary>Writes bytes at the end. When it fails nothing counts as written, and the same bytes may be tried again.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _file.Write(LengthBytes, bytes);
        LengthBytes += bytes.Length;
    }

    /// <summary>Makes everything written durable.</summary>
    public void Sync()
    {
        _file.Sync();
        SyncedBytes = LengthBytes;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
