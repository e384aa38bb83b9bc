using Microsoft.Win32.SafeHandles;
using Tsdb.Model.Files;

namespace Tsdb.Storage.Files;

/// <summary>A file of the operating system open for reading. Safe for concurrent use.</summary>
internal sealed class PhysicalReadableFile : IReadableFile
{
    private readonly SafeFileHandle _handle;

    /// <summary>Takes ownership of an open handle.</summary>
    public PhysicalReadableFile(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
        LengthBytes = RandomAccess.GetLength(handle);
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public long LengthBytes { get; }

    /// <inheritdoc/>
    public int Read(long offsetBytes, Span<byte> destination)
    {
        int total = 0;
        while (total < destination.Length)
        {
            int read = RandomAccess.Read(_handle, destination[total..], offsetBytes + total);
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        return total;
    }

    /// <inheritdoc/>
    public IMappedFile Map() => new PhysicalMappedFile(_handle, LengthBytes);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
