using Tsdb.Model.Files;

namespace Tsdb.Testing.Files;

/// <summary>A file for reading whose calls fail when its file system says so.</summary>
internal sealed class FaultyReadableFile(FaultyFileSystem files, IReadableFile inner) : IReadableFile
{
    public string Path => inner.Path;

    public long LengthBytes => inner.LengthBytes;

    public int Read(long offsetBytes, Span<byte> destination)
    {
        files.Enter(FileCall.Read, Path, needsSpace: false);
        return inner.Read(offsetBytes, destination);
    }

    public IMappedFile Map()
    {
        files.Enter(FileCall.Read, Path, needsSpace: false);
        return inner.Map();
    }

    public void Dispose() => inner.Dispose();
}
