using System.Buffers.Binary;
using Tsdb.Encoding.Checksums;
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
    private readonly byte* _data;
    private readonly SectionEntry[] _sections;

    private BlockFile(IReadableFile file, IMappedFile map, ulong magic, BlockId id)
    {
        _file = file;
        _map = map;
        _data = map.Pointer;
        LengthBytes = map.LengthBytes;
        CheckHeader(magic, id);
        _sections = ReadFooter(magic);
        Array.ForEach(_sections, CheckSection);
    }

    /// <summary>The file's path.</summary>
    public string Path => _file.Path;

    /// <summary>The file's length.</summary>
    public long LengthBytes { get; }

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
            ? new Section(_data + entry.OffsetBytes, (int)entry.LengthBytes, Path, entry.OffsetBytes)
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

    /// <summary>The first byte of a part of the file, which must lie in it.</summary>
    public byte* PointerTo(long offsetBytes, long lengthBytes) => Holds(offsetBytes, lengthBytes)
        ? _data + offsetBytes
        : throw new CorruptionException(Path, offsetBytes, $"{lengthBytes} bytes expected here lie beyond the file's {LengthBytes} bytes");

    /// <summary>Hashes the whole file anew, for scrubbing.</summary>
    public FileDigest Digest()
    {
        using var merkle = new MerkleTree();
        for (long offset = 0; offset < LengthBytes; offset += MerkleTree.ExtentBytes)
        {
            merkle.Append(Span(offset, Math.Min(MerkleTree.ExtentBytes, LengthBytes - offset)));
        }

        return new FileDigest(LengthBytes, merkle.Finish());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _map.Dispose();
        _file.Dispose();
    }

    private bool Holds(long offsetBytes, long lengthBytes) =>
        offsetBytes >= 0 && lengthBytes >= 0 && offsetBytes <= LengthBytes && lengthBytes <= LengthBytes - offsetBytes;

    private ReadOnlySpan<byte> Span(long offsetBytes, long lengthBytes) =>
        lengthBytes <= int.MaxValue ? new(PointerTo(offsetBytes, lengthBytes), (int)lengthBytes) : throw Damage(offsetBytes, "a part of it is too long");

    private CorruptionException Damage(long offsetBytes, string detail) => new(Path, offsetBytes, detail);

    private void CheckHeader(ulong magic, BlockId id)
    {
        ReadOnlySpan<byte> header = Span(0, BlockFileFormat.HeaderBytes);
        if (BinaryPrimitives.ReadUInt64LittleEndian(header) != magic)
        {
            throw Damage(0, "it does not begin with the magic bytes of its kind");
        }

        uint crc = Crc32C.Compute(header[..BlockFileFormat.HeaderChecksumOffset]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[BlockFileFormat.HeaderChecksumOffset..]) != crc)
        {
            throw Damage(0, "the header's checksum does not match");
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        if (version > BlockFileFormat.Version)
        {
            throw new DataFolderException(Path, $"{Path} is of format version {version}; this program reads up to version {BlockFileFormat.Version}.");
        }

        if (BlockId.Read(header[BlockFileFormat.HeaderIdOffset..]) != id)
        {
            throw Damage(BlockFileFormat.HeaderIdOffset, $"it belongs to block {BlockId.Read(header[BlockFileFormat.HeaderIdOffset..])}, not to {id}");
        }
    }

    private SectionEntry[] ReadFooter(ulong magic)
    {
        long tailOffset = LengthBytes - BlockFileFormat.FooterTailBytes;
        ReadOnlySpan<byte> tail = Span(tailOffset, BlockFileFormat.FooterTailBytes);
        int count = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (BinaryPrimitives.ReadUInt64LittleEndian(tail[16..]) != magic || count is < 0 or > BlockFileFormat.MaxSections)
        {
            throw Damage(tailOffset, "it does not end with a footer");
        }

        int footerLength = (count * BlockFileFormat.FooterEntryBytes) + BlockFileFormat.FooterTailBytes;
        ReadOnlySpan<byte> footer = Span(LengthBytes - footerLength, footerLength);
        if (BinaryPrimitives.ReadUInt32LittleEndian(tail[4..]) != BlockFileWriter.FooterChecksum(footer)
            || BinaryPrimitives.ReadInt64LittleEndian(tail[8..]) != LengthBytes)
        {
            throw Damage(tailOffset, "the footer's checksum does not match");
        }

        var sections = new SectionEntry[count];
        for (int i = 0; i < count; i++)
        {
            sections[i] = SectionEntry.Read(footer[(i * BlockFileFormat.FooterEntryBytes)..]);
        }

        return sections;
    }

    private void CheckSection(SectionEntry entry)
    {
        long headerOffset = entry.OffsetBytes - BlockFileFormat.SectionHeaderBytes;
        if (headerOffset < BlockFileFormat.HeaderBytes || !Holds(entry.OffsetBytes, entry.LengthBytes))
        {
            throw Damage(LengthBytes, $"the footer places section {entry.Type} outside the file");
        }

        Span<byte> expected = stackalloc byte[BlockFileFormat.SectionHeaderBytes];
        entry.WriteHeader(expected);
        if (!Span(headerOffset, BlockFileFormat.SectionHeaderBytes).SequenceEqual(expected))
        {
            throw Damage(headerOffset, $"the header of section {entry.Type} differs from the footer");
        }

        bool isKnown = Enum.IsDefined(entry.Type);
        if (entry.Type < SectionType.FirstOptional && (!isKnown || entry.Version > BlockFileFormat.SectionVersion))
        {
            throw new DataFolderException(Path, $"{Path} holds section {entry.Type} of version {entry.Version}, which this program cannot read.");
        }

        if (entry.Type != SectionType.Chunks && Crc32C.Compute(Span(entry.OffsetBytes, entry.LengthBytes)) != entry.Checksum)
        {
            throw Damage(entry.OffsetBytes, $"the checksum of section {entry.Type} does not match");
        }
    }
}
