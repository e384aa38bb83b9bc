using Tsdb.Model.Files;

namespace Tsdb.Testing.Files;

/// <summary>A handle for writing an in-memory file.</summary>
internal sealed class MemoryWritableFile(InMemoryFileSystem files, string path, MemoryFile content) : IWritableFile
{
    private bool _isDisposed;

    public string Path => path;

    public long LengthBytes
    {
        get
        {
            lock (files.Gate)
            {
                return content.Length;
            }
        }
    }

    public void Write(long offsetBytes, ReadOnlySpan<byte> bytes)
    {
        lock (files.Gate)
        {
            Announce(FileCall.Write);
            content.Write(offsetBytes, bytes);
        }
    }

    public void SetLength(long lengthBytes)
    {
        lock (files.Gate)
        {
            Announce(FileCall.SetLength);
            content.SetLength(lengthBytes);
        }
    }

    public void Reserve(long lengthBytes)
    {
        lock (files.Gate)
        {
            if (lengthBytes > content.Length)
            {
                SetLength(lengthBytes);
            }
        }
    }

    public void Sync()
    {
        lock (files.Gate)
        {
            Announce(FileCall.Sync);
            content.Sync();
        }
    }

    public void Dispose() => _isDisposed = true;

    private void Announce(FileCall call)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        files.Announce(call, path);
    }
}
