using Tsdb.Model.Errors;
using Tsdb.Model.Files;
using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Tool.Inspecting;

/// <summary>A block's data file, mapped but not checked; whoever opens it disposes it.</summary>
internal sealed class MappedFrame : IDisposable
{
    private const int MinBytes = BlockFileFormat.HeaderBytes + BlockFileFormat.FooterTailBytes;

    private readonly IReadableFile _file;
    private readonly IMappedFile _map;

    private MappedFrame(IReadableFile file, IMappedFile map)
    {
        _file = file;
        _map = map;
        Frame = new BlockFrame(map, file.Path);
    }

    /// <summary>The file's bytes.</summary>
    public BlockFrame Frame { get; }

    /// <summary>Maps a file.</summary>
    /// <exception cref="CorruptionException">The file is missing or too short to be a block's.</exception>
    public static MappedFrame Open(IFileSystem files, string path)
    {
        if (!files.FileExists(path))
        {
            throw new CorruptionException(path, 0, "the file is missing");
        }

        IReadableFile file = files.OpenForReading(path);
        try
        {
            return file.LengthBytes >= MinBytes
                ? new MappedFrame(file, file.Map())
                : throw new CorruptionException(path, file.LengthBytes, $"{file.LengthBytes} bytes are too few for a block's file");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _map.Dispose();
        _file.Dispose();
    }
}
