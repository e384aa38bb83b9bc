using System.Buffers.Binary;
using Tsdb.Encoding.Checksums;
using Tsdb.Model.Errors;
using Tsdb.Model.Files;

namespace Tsdb.Storage.Blocks.Layout;

/// <summary>
/// The bytes of a block's file and the checks of its frame: header, footer, sections (see <see cref="BlockFileFormat"/>). <see cref="BlockFile"/>
/// makes all of them; one by one they tell what of a damaged file is whole.
/// </summary>
/// <remarks>Borrowed from the mapping. Safe for concurrent use.</remarks>
internal sealed unsafe class BlockFrame
{
    private readonly byte* _data;

    /// <summary>Views a mapped file; checks nothing.</summary>
    /// <param name="map">The file's bytes; the caller keeps them mapped while the frame is used.</param>
    /// <param name="path">The file, for messages.</param>
    public BlockFrame(IMappedFile map, string path)
    {
        _data = map.Pointer;
        LengthBytes = map.LengthBytes;
        Path = path;
    }

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>The file's length.</summary>
    public long LengthBytes { get; }

    /// <summary>The first byte of a part of the file, which must lie in it.</summary>
    public byte* PointerTo(long offsetBytes, long lengthBytes) => Holds(offsetBytes, lengthBytes)
        ? _data + offsetBytes
        : throw new CorruptionException(Path, offsetBytes, $"{lengthBytes} bytes expected here lie beyond the file's {LengthBytes} bytes");

    /// <summary>A part of the file, which must lie in it and be at most 2 GiB long.</summary>
    public ReadOnlySpan<byte> BytesAt(long offsetBytes, long lengthBytes) => lengthBytes <= int.MaxValue
        ? new ReadOnlySpan<byte>(PointerTo(offsetBytes, lengthBytes), (int)lengthBytes)
        : throw Damage(offsetBytes, "a part of it is too long");

    /// <summary>Hashes the whole file anew, for scrubbing.</summary>
    public FileDigest Digest()
    {
        using var merkle = new MerkleTree();
        for (long offset = 0; offset < LengthBytes; offset += MerkleTree.ExtentBytes)
        {
            merkle.Append(BytesAt(offset, Math.Min(MerkleTree.ExtentBytes, LengthBytes - offset)));
        }

        return new FileDigest(LengthBytes, merkle.Finish());
    }

    /// <summary>Checks the header: magic, checksum, version, block.</summary>
    /// <param name="magic">What the file must begin with.</param>
    /// <param name="id">The block it must belong to.</param>
    /// <exception cref="CorruptionException">The bytes are not what was written.</exception>
    /// <exception cref="DataFolderException">The file is of a newer version.</exception>
    public void CheckHeader(ulong magic, BlockId id)
    {
        ReadOnlySpan<byte> header = BytesAt(0, BlockFileFormat.HeaderBytes);
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

    /// <summary>Checks the footer and reads the sections it lists; they are not checked.</summary>
    /// <exception cref="CorruptionException">The bytes are not what was written.</exception>
    public SectionEntry[] ReadFooter(ulong magic)
    {
        long tailOffset = LengthBytes - BlockFileFormat.FooterTailBytes;
        ReadOnlySpan<byte> tail = BytesAt(tailOffset, BlockFileFormat.FooterTailBytes);
        int count = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (BinaryPrimitives.ReadUInt64LittleEndian(tail[16..]) != magic || count is < 0 or > BlockFileFormat.MaxSections)
        {
            throw Damage(tailOffset, "it does not end with a footer");
        }

        int footerLength = (count * BlockFileFormat.FooterEntryBytes) + BlockFileFormat.FooterTailBytes;
        ReadOnlySpan<byte> footer = BytesAt(LengthBytes - footerLength, footerLength);
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

    /// <summary>Checks a section: that it lies in the file, its header, and its checksum if it has one.</summary>
    /// <exception cref="CorruptionException">The bytes are not what was written.</exception>
    /// <exception cref="DataFolderException">The section cannot be read, as it is of a newer version.</exception>
    public void CheckSection(SectionEntry entry)
    {
        long headerOffset = entry.OffsetBytes - BlockFileFormat.SectionHeaderBytes;
        if (headerOffset < BlockFileFormat.HeaderBytes || !Holds(entry.OffsetBytes, entry.LengthBytes))
        {
            throw Damage(LengthBytes, $"the footer places section {entry.Type} outside the file");
        }

        Span<byte> expected = stackalloc byte[BlockFileFormat.SectionHeaderBytes];
        entry.WriteHeader(expected);
        if (!BytesAt(headerOffset, BlockFileFormat.SectionHeaderBytes).SequenceEqual(expected))
        {
            throw Damage(headerOffset, $"the header of section {entry.Type} differs from the footer");
        }

        bool isKnown = Enum.IsDefined(entry.Type);
        if (entry.Type < SectionType.FirstOptional && (!isKnown || entry.Version > BlockFileFormat.SectionVersion))
        {
            throw new DataFolderException(Path, $"{Path} holds section {entry.Type} of version {entry.Version}, which this program cannot read.");
        }

        if (entry.Type != SectionType.Chunks && Crc32C.Compute(BytesAt(entry.OffsetBytes, entry.LengthBytes)) != entry.Checksum)
        {
            throw Damage(entry.OffsetBytes, $"the checksum of section {entry.Type} does not match");
        }
    }

    private bool Holds(long offsetBytes, long lengthBytes) =>
        offsetBytes >= 0 && lengthBytes >= 0 && offsetBytes <= LengthBytes && lengthBytes <= LengthBytes - offsetBytes;

    private CorruptionException Damage(long offsetBytes, string detail) => new(Path, offsetBytes, detail);
}
