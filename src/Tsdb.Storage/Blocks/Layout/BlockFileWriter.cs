using System.Buffers.Binary;
using Tsdb.Encoding.Checksums;
using Tsdb.Model.Files;

namespace Tsdb.Storage.Blocks.Layout;

/// <summary>
/// Writes a block's file from start to end: header, sections, footer (see <see cref="BlockFileFormat"/>), and hashes it on the way.
/// </summary>
/// <remarks>Owns the file. Used by one thread.</remarks>
internal sealed class BlockFileWriter : IDisposable
{
    private const int BufferBytes = 256 << 10; // large enough that the cost of a write call does not show

    private readonly IWritableFile _file;
    private readonly ulong _magic;
    private readonly MerkleTree _merkle = new();
    private readonly List<SectionEntry> _sections = [];
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _buffered;
    private long _flushedBytes;

    /// <summary>Creates the file and writes its header.</summary>
    public BlockFileWriter(IFileSystem files, string path, ulong magic, BlockId id)
    {
        _file = files.CreateFile(path);
        _magic = magic;
        Span<byte> header = stackalloc byte[BlockFileFormat.HeaderBytes];
        header.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(header, magic);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], BlockFileFormat.Version);
        id.Write(header[BlockFileFormat.HeaderIdOffset..]);
        uint crc = Crc32C.Compute(header[..BlockFileFormat.HeaderChecksumOffset]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[BlockFileFormat.HeaderChecksumOffset..], crc);
        Write(header);
    }

    /// <summary>Bytes written so far: the offset of the next one.</summary>
    public long PositionBytes => _flushedBytes + _buffered;

    /// <summary>Adds bytes to the section begun last.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int taken = Math.Min(bytes.Length, _buffer.Length - _buffered);
            bytes[..taken].CopyTo(_buffer.AsSpan(_buffered));
            _buffered += taken;
            bytes = bytes[taken..];
            if (_buffered == _buffer.Length)
            {
                FlushBuffer();
            }
        }
    }

    /// <summary>Writes a whole section with its checksum.</summary>
    public void WriteSection(SectionType type, ReadOnlySpan<byte> payload)
    {
        Begin(new SectionEntry(type, BlockFileFormat.SectionVersion, Crc32C.Compute(payload), 0, payload.Length));
        Write(payload);
    }

    /// <summary>Begins the section of chunks, whose bytes are then written one by one and which has no checksum of its own.</summary>
    public void BeginChunks() => Begin(new SectionEntry(SectionType.Chunks, BlockFileFormat.SectionVersion, 0, 0, 0));

    /// <summary>Writes the footer and syncs the file.</summary>
    public FileDigest Finish()
    {
        if (_sections is [{ Type: SectionType.Chunks } chunks])
        {
            _sections[0] = chunks with { LengthBytes = PositionBytes - chunks.OffsetBytes };
        }

        Align();
        WriteFooter();
        FlushBuffer();
        _file.Sync();
        return new FileDigest(PositionBytes, _merkle.Finish());
    }

    /// <summary>Closes the file, which without <see cref="Finish"/> is not complete.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _merkle.Dispose();
    }

    private void Begin(SectionEntry entry)
    {
        Align();
        entry = entry with { OffsetBytes = PositionBytes + BlockFileFormat.SectionHeaderBytes };
        _sections.Add(entry);
        Span<byte> header = stackalloc byte[BlockFileFormat.SectionHeaderBytes];
        entry.WriteHeader(header);
        Write(header);
    }

    private void Align()
    {
        Span<byte> zeros = stackalloc byte[BlockFileFormat.Alignment];
        zeros.Clear();
        int padding = (int)(-PositionBytes & (BlockFileFormat.Alignment - 1));
        Write(zeros[..padding]);
    }

    private void WriteFooter()
    {
        byte[] footer = new byte[(_sections.Count * BlockFileFormat.FooterEntryBytes) + BlockFileFormat.FooterTailBytes];
        for (int i = 0; i < _sections.Count; i++)
        {
            _sections[i].Write(footer.AsSpan(i * BlockFileFormat.FooterEntryBytes));
        }

        Span<byte> tail = footer.AsSpan()[^BlockFileFormat.FooterTailBytes..];
        BinaryPrimitives.WriteInt32LittleEndian(tail, _sections.Count);
        BinaryPrimitives.WriteInt64LittleEndian(tail[8..], PositionBytes + footer.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(tail[16..], _magic);
        BinaryPrimitives.WriteUInt32LittleEndian(tail[4..], FooterChecksum(footer));
        Write(footer);
    }

    /// <summary>The checksum of a footer: all of its bytes but the checksum's own.</summary>
    internal static uint FooterChecksum(ReadOnlySpan<byte> footer)
    {
        int at = footer.Length - BlockFileFormat.FooterTailBytes + sizeof(uint);
        return Crc32C.Append(Crc32C.Compute(footer[..at]), footer[(at + sizeof(uint))..]);
    }

    private void FlushBuffer()
    {
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(0, _buffered);
        _file.Write(_flushedBytes, bytes);
        _merkle.Append(bytes);
        _flushedBytes += _buffered;
        _buffered = 0;
    }
}
