using Microsoft.Win32.SafeHandles;
using Tsdb.Model.Files;

namespace Tsdb.Storage.Files;

/// <summary>A file of the operating system open for writing. Used by one thread at a time.</summary>
internal sealed class PhysicalWritableFile : IWritableFile
{
    private readonly SafeFileHandle _handle;

    /// <summary>Takes ownership of an open handle.</summary>
    public PhysicalWritableFile(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
        LengthBytes = RandomAccess.GetLength(handle);
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public long LengthBytes { get; private set; }

    /// <inheritdoc/>
    public void Write(long offsetBytes, ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_handle, bytes, offsetBytes);
        LengthBytes = Math.Max(LengthBytes, offsetBytes + bytes.Length);
    }

    /// <inheritdoc/>
    public void SetLength(long lengthBytes)
    {
        RandomAccess.SetLength(_handle, lengthBytes);
        LengthBytes = lengthBytes;
    }

    /// <inheritdoc/>
    public void Reserve(long lengthBytes)
    {
        if (lengthBytes > LengthBytes && DiskRoom.TryExtend(_handle, Path, LengthBytes, lengthBytes - LengthBytes))
        {
            LengthBytes = lengthBytes;
        }
    }

    /// <inheritdoc/>
    public void Sync() => DiskSync.SyncFile(_handle, Path);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
