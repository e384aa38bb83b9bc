using Tsdb.Model.Files;

namespace Tsdb.Testing.Files;

/// <summary>A file for writing whose calls fail when its file system says so.</summary>
internal sealed class FaultyWritableFile(FaultyFileSystem files, IWritableFile inner) : IWritableFile
{
    public string Path => inner.Path;

    public long LengthBytes => inner.LengthBytes;

    public void Write(long offsetBytes, ReadOnlySpan<byte> bytes)
    {
        bool stopsHalfWay = files.Enter(FileCall.Write, Path, needsSpace: true);
        inner.Write(offsetBytes, stopsHalfWay ? bytes[..(bytes.Length / 2)] : bytes);
        if (stopsHalfWay)
        {
            throw FaultyFileSystem.InjectedError(FileCall.Write, Path);
        }
    }

    public void SetLength(long lengthBytes)
    {
        files.Enter(FileCall.SetLength, Path, needsSpace: lengthBytes > inner.LengthBytes);
        inner.SetLength(lengthBytes);
    }

    public void Reserve(long lengthBytes)
    {
        files.Enter(FileCall.SetLength, Path, needsSpace: lengthBytes > inner.LengthBytes);
        inner.Reserve(lengthBytes);
    }

    public void Sync()
    {
        files.Enter(FileCall.Sync, Path, needsSpace: false);
        inner.Sync();
    }

    public void Dispose() => inner.Dispose();
}
