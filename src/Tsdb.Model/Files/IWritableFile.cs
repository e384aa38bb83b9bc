namespace Tsdb.Model.Files;

/// <summary>A file open for writing. Used by one thread at a time; the one who opened it disposes it, which does not sync.</summary>
public interface IWritableFile : IDisposable
{
    /// <summary>The file's path.</summary>
    string Path { get; }

    /// <summary>The file's length in bytes.</summary>
    long LengthBytes { get; }

    /// <summary>Writes all of <paramref name="bytes"/> at an offset, extending the file if needed.</summary>
    void Write(long offsetBytes, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts or extends (with zeros) the file to a length.</summary>
    void SetLength(long lengthBytes);

    /// <summary>
    /// Makes room on the disk for the file to grow to a length, and extends it with zeros, where the file system can do both at once; otherwise does nothing.
    /// A sync after writing there then has no new length to make durable.
    /// </summary>
    void Reserve(long lengthBytes);

    /// <summary>Makes everything written so far, and the file's length, survive a crash (fdatasync).</summary>
    void Sync();
}
