using Tsdb.Model.Files;

namespace Tsdb.Testing.Files;

/// <summary>A handle for reading an in-memory file.</summary>
internal sealed class MemoryReadableFile(InMemoryFileSystem files, string path, MemoryFile content) : IReadableFile
{
    private bool _isDisposed;

    public string Path => path;

    public long LengthBytes { get; } = content.Length;

    public int Read(long offsetBytes, Span<byte> destination)
    {
        lock (files.Gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            ReadOnlySpan<byte> bytes = content.Bytes;
            int start = (int)Math.Min(offsetBytes, bytes.Length);
            int count = Math.Min(destination.Length, bytes.Length - start);
            bytes.Slice(start, count).CopyTo(destination);
            return count;
        }
    }

    public IMappedFile Map()
    {
        lock (files.Gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return new MemoryMapping(content.Bytes[..(int)LengthBytes]);
        }
    }

    public void Dispose() => _isDisposed = true;
}
