namespace Tsdb.Model.Files;

/// <summary>A file open for reading. Safe for concurrent use; the one who opened it disposes it.</summary>
public interface IReadableFile : IDisposable
{
    /// <summary>The file's path.</summary>
    string Path { get; }

    /// <summary>The file's length in bytes when it was opened.</summary>
    long LengthBytes { get; }

    /// <summary>Reads up to the span's length at an offset; returns how many bytes there were (fewer only at the end of the file).</summary>
    int Read(long offsetBytes, Span<byte> destination);

    /// <summary>
    /// Maps the whole file into memory. Only for files that are never cut while mapped. Valid until the mapping is disposed, which must come before the file's.
    /// </summary>
    IMappedFile Map();
}
