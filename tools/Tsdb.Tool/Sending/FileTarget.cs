using System.IO.Compression;

namespace Tsdb.Tool.Sending;

/// <summary>Writes lines to a file, compressed when it is called <c>.gz</c>, or to the standard output when it is called <c>-</c>.</summary>
internal sealed class FileTarget : ILineTarget
{
    private readonly Stream _stream;
    private readonly SendTally _tally;

    /// <summary>Creates or replaces the file.</summary>
    public FileTarget(string path, SendTally tally)
    {
        _tally = tally;
        Stream file = path == "-" ? Console.OpenStandardOutput() : new FileStream(path, FileMode.Create, FileAccess.Write);
        _stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Fastest) : file;
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(TextChunk chunk, CancellationToken cancellationToken)
    {
        using (chunk)
        {
            await _stream.WriteAsync(chunk.Text, cancellationToken);
            _tally.AddSent(chunk);
        }
    }

    /// <inheritdoc/>
    public Task CompleteAsync() => _stream.FlushAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
