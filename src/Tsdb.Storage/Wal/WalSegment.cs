using Tsdb.Model.Files;

namespace Tsdb.Storage.Wal;

/// <summary>The segment being written. Used by the flusher alone.</summary>
internal sealed class WalSegment : IDisposable
{
    private readonly IWritableFile _file;
    private readonly int _roomBytes;
    private long _roomEndBytes; // up to here room was asked for
    private bool _isCut;        // and not synced since

    private WalSegment(IWritableFile file, long number, int roomBytes)
    {
        _file = file;
        _roomBytes = roomBytes;
        Number = number;
        LengthBytes = WalFormat.SegmentHeaderBytes;
    }

    /// <summary>The segment's number.</summary>
    public long Number { get; }

    /// <summary>Bytes written.</summary>
    public long LengthBytes { get; private set; }

    /// <summary>Bytes known durable.</summary>
    public long SyncedBytes { get; private set; }

    /// <summary>True when a sync would change nothing.</summary>
    public bool IsDurable => SyncedBytes == LengthBytes && !_isCut;

    /// <summary>The segment's path.</summary>
    public string Path => _file.Path;

    /// <summary>Creates a segment with its header. Its name is durable when this returns, its bytes after the first <see cref="Sync"/>.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="directory">The directory of the segments.</param>
    /// <param name="header">What the segment is.</param>
    /// <param name="roomBytes">Room is made on the disk in steps of so many bytes, before they are written; 0 for none.</param>
    public static WalSegment Create(IFileSystem files, string directory, in WalSegmentHeader header, int roomBytes)
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
            return new WalSegment(file, header.Number, roomBytes);
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
        if (LengthBytes + bytes.Length > _roomEndBytes && _roomBytes > 0)
        {
            MakeRoom(LengthBytes + bytes.Length);
        }

        _file.Write(LengthBytes, bytes);
        LengthBytes += bytes.Length;
    }

    /// <summary>Gives the room back that was made and not needed. Until the next sync a crash may bring it back.</summary>
    public void CutToContent()
    {
        if (_file.LengthBytes > LengthBytes)
        {
            _file.SetLength(LengthBytes);
            _roomEndBytes = LengthBytes;
            _isCut = true;
        }
    }

    /// <summary>Makes everything written durable.</summary>
    public void Sync()
    {
        _file.Sync();
        SyncedBytes = LengthBytes;
        _isCut = false;
    }

    private void MakeRoom(long leastEndBytes)
    {
        _roomEndBytes = (leastEndBytes + _roomBytes - 1) / _roomBytes * _roomBytes;
        try
        {
            _file.Reserve(_roomEndBytes);
        }
        catch (IOException)
        {
            // Room is a help, not a need: what is wrong with the disk, if it is, the write itself will tell.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
