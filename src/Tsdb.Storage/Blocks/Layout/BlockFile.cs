using Tsdb.Model.Errors;
using Tsdb.Model.Files;

namespace Tsdb.Storage.Blocks.Layout;

/// <summary>
/// A block's file, mapped and checked: header, footer, and the checksum of every section that has one (see <see cref="BlockFileFormat"/>).
/// </summary>
/// <remarks>Safe for concurrent use until disposed.</remarks>
internal sealed unsafe class BlockFile : IDisposable
{
    private readonly IReadableFile _file;
    private readonly IMappedFile _map;
    private readonly BlockFrame _frame;
    private readonly SectionEntry[] _sections;

    private BlockFile(IReadableFile file, IMappedFile map, ulong magic, BlockId id)
    {
        _file = file;
        _map = map;
        _frame = new BlockFrame(map, file.Path);
        _frame.CheckHeader(magic, id);
        _sections = _frame.ReadFooter(magic);
        Array.ForEach(_sections, _frame.CheckSection);
    }

    /// <summary>The file's path.</summary>
    public string Path => _frame.Path;

    /// <summary>The file's length.</summary>
    public long LengthBytes => _frame.LengthBytes;

    /// <summary>Maps and checks a file.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="path">The file.</param>
    /// <param name="magic">What it must begin and end with.</param>
    /// <param name="id">The block it must belong to.</param>
    /// <param name="lengthBytes">The length the block's meta file gives.</param>
    /// <exception cref="CorruptionException">The file is missing or its bytes are not what was written.</exception>
    /// <exception cref="DataFolderException">The file is of a newer version.</exception>
    public static BlockFile Open(IFileSystem files, string path, ulong magic, BlockId id, long lengthBytes)
    {
        if (!files.FileExists(path))
        {
            throw new CorruptionException(path, 0, "the file is missing");
        }

        IReadableFile file = files.OpenForReading(path);
        IMappedFile? map = null;
        try
        {
            if (file.LengthBytes != lengthBytes)
            {
                throw new CorruptionException(
                    path, Math.Min(file.LengthBytes, lengthBytes), $"it has {file.LengthBytes} bytes; {BlockNames.Meta} says {lengthBytes}");
            }

            map = file.Map();
            return new BlockFile(file, map, magic, id);
        }
        catch
        {
            map?.Dispose();
            file.Dispose();
            throw;
        }
    }

    /// <summary>The payload of a section that must be there, at most 2 GiB long.</summary>
    public Section SectionOf(SectionType type)
    {
        SectionEntry entry = EntryOf(type);
        return entry.LengthBytes <= int.MaxValue
            ? new Section(_frame.PointerTo(entry.OffsetBytes, entry.LengthBytes), (int)entry.LengthBytes, Path, entry.OffsetBytes)
            : throw new CorruptionException(Path, entry.OffsetBytes, $"section {type} has {entry.LengthBytes} bytes, more than a section may have");
    }

    /// <summary>Where the section of a type lies, which must be there.</summary>
    public SectionEntry EntryOf(SectionType type)
    {
        foreach (SectionEntry entry in _sections)
        {
            if (entry.Type == type)
            {
                return entry;
            }
        }

        throw new CorruptionException(Path, LengthBytes, $"the footer lists no section {type}");
    }

    /// <inheritdoc cref="BlockFrame.PointerTo"/>
    public byte* PointerTo(long offsetBytes, long lengthBytes) => _frame.PointerTo(offsetBytes, lengthBytes);

    /// <inheritdoc cref="BlockFrame.Digest"/>
    public FileDigest Digest() => _frame.Digest();

    /// <inheritdoc cref="IMappedFile.ReleasePages"/>
    public void ReleasePages() => _map.ReleasePages();

    /// <inheritdoc/>
    public void Dispose()
    {
        _map.Dispose();
        _file.Dispose();
    }
}
