using Tsdb.Encoding.Bits;
using Tsdb.Encoding.Compression;
using Tsdb.Model.Errors;
using Tsdb.Model.Files;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Wal;

namespace Tsdb.Storage.Checkpoints;

/// <summary>Reads a checkpoint from beginning to end and hands it to a visitor. Used once, by one thread.</summary>
internal sealed class CheckpointReader
{
    private readonly IReadableFile _file;
    private readonly ICheckpointVisitor _visitor;
    private readonly WalSeriesBatch _series = new();
    private byte[] _section = [];
    private byte[] _raw = [];
    private long _offsetBytes;
    private long _nextSlot; // no series of a lower slot may follow
    private long _seriesCount;
    private long _chunkCount;
    private long _sampleCount;

    private CheckpointReader(IReadableFile file, ICheckpointVisitor visitor)
    {
        _file = file;
        _visitor = visitor;
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="directory">The shard's directory.</param>
    /// <param name="shard">The shard's index.</param>
    /// <param name="firstSegment">The first segment of the log that is needed.</param>
    /// <param name="tailSegment">The segment in the checkpoint's name.</param>
    /// <param name="visitor">Takes what is read; when damage is found it has some of it.</param>
    /// <param name="cancellationToken">Gives up between sections.</param>
    /// <exception cref="CorruptionException">The checkpoint is damaged, or not of this log.</exception>
    public static void Read(
        IFileSystem files,
        string directory,
        int shard,
        long firstSegment,
        long tailSegment,
        ICheckpointVisitor visitor,
        CancellationToken cancellationToken)
    {
        using IReadableFile file = files.OpenForReading(CheckpointName.PathOf(directory, tailSegment));
        Read(file, shard, firstSegment, tailSegment, visitor, cancellationToken);
    }

    /// <summary>Reads an open checkpoint; see the other overload.</summary>
    public static void Read(
        IReadableFile file, int shard, long firstSegment, long tailSegment, ICheckpointVisitor visitor, CancellationToken cancellationToken)
    {
        var reader = new CheckpointReader(file, visitor);
        reader.ReadHeader((uint)shard, firstSegment, tailSegment);
        while (reader.ReadSection())
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private void ReadHeader(uint shard, long firstSegment, long tailSegment)
    {
        Span<byte> bytes = stackalloc byte[CheckpointFormat.HeaderBytes];
        int read = _file.Read(0, bytes);
        if (!CheckpointHeader.TryRead(bytes[..read], out CheckpointHeader header, out uint version))
        {
            throw Damage("the header is not what was written");
        }

        if (version > CheckpointFormat.Version)
        {
            throw Damage($"it is of version {version}, and this program reads up to {CheckpointFormat.Version}");
        }

        if (header.Shard != shard || header.FirstSegment != firstSegment || header.TailSegment != tailSegment)
        {
            throw Damage($"it is of shard {header.Shard}, segments {header.FirstSegment} to before {header.TailSegment}");
        }

        _visitor.OnHeader(header);
        _offsetBytes = CheckpointFormat.HeaderBytes;
    }

    // False after the last section.
    private bool ReadSection()
    {
        Span<byte> header = stackalloc byte[CheckpointFormat.SectionHeaderBytes];
        int read = _file.Read(_offsetBytes, header);
        if (!CheckpointSection.TryRead(header[..read], out CheckpointSection section) || section.TotalBytes > _file.LengthBytes - _offsetBytes)
        {
            throw Damage("there is no section where one should be");
        }

        ReadOnlySpan<byte> payload = ReadPayload(section);
        bool isWhole = section.Type switch
        {
            CheckpointSectionType.Series => TryReadSeries(payload),
            CheckpointSectionType.Chunks => TryReadChunks(payload),
            CheckpointSectionType.End => IsEnd(payload),
            _ => false,
        };
        if (!isWhole)
        {
            throw Damage($"the content of a section of type {(byte)section.Type} is not what was written");
        }

        _offsetBytes += section.TotalBytes;
        return section.Type != CheckpointSectionType.End;
    }

    private ReadOnlySpan<byte> ReadPayload(CheckpointSection section)
    {
        if (_section.Length < section.TotalBytes)
        {
            _section = new byte[section.TotalBytes];
        }

        Span<byte> bytes = _section.AsSpan(0, section.TotalBytes);
        if (_file.Read(_offsetBytes, bytes) < bytes.Length || !CheckpointSection.IsIntact(bytes, _offsetBytes))
        {
            throw Damage("a section's checksum does not match");
        }

        Span<byte> stored = bytes[CheckpointFormat.SectionHeaderBytes..];
        if (!section.IsCompressed)
        {
            return stored;
        }

        if (_raw.Length < section.RawLengthBytes)
        {
            _raw = new byte[section.RawLengthBytes];
        }

        Span<byte> raw = _raw.AsSpan(0, section.RawLengthBytes);
        return Lz4Block.TryDecompress(stored, raw) ? raw : throw Damage("a section cannot be decompressed");
    }

    private bool TryReadSeries(ReadOnlySpan<byte> payload)
    {
        _series.Clear();
        if (_chunkCount > 0 || !WalSeriesPayload.TryRead(payload, _series))
        {
            return false;
        }

        for (int i = 0; i < _series.Count; i++)
        {
            if (_series.SlotAt(i) < _nextSlot || !_visitor.OnSeries(_series.SlotAt(i), _series.LabelsAt(i)))
            {
                return false;
            }

            _nextSlot = _series.SlotAt(i) + 1L;
        }

        _seriesCount += _series.Count;
        return true;
    }

    private unsafe bool TryReadChunks(ReadOnlySpan<byte> payload)
    {
        fixed (byte* pinned = payload)
        {
            uint slot = 0;
            for (int position = 0; position < payload.Length;)
            {
                if (!Varint.TryReadUInt32(payload, ref position, out uint jump) || !Varint.TryReadCount(payload, ref position, payload.Length, out int count))
                {
                    return false;
                }

                slot += jump;
                if (!TryReadChunksOf(slot, count, payload, pinned, ref position))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private unsafe bool TryReadChunksOf(uint slot, int count, ReadOnlySpan<byte> payload, byte* pinned, ref int position)
    {
        long rank = -1;
        long lastTimeNs = long.MinValue;
        for (int i = 0; i < count; i++)
        {
            if (!CheckpointChunk.TryRead(payload, pinned, ref position, out ChunkSlice chunk, out bool isLast)
                || chunk.Rank < rank
                || (chunk.Rank == rank && chunk.MinTimeNs <= lastTimeNs)
                || !_visitor.OnChunk(slot, chunk, isLast))
            {
                return false;
            }

            rank = chunk.Rank;
            lastTimeNs = chunk.MaxTimeNs;
            _sampleCount += chunk.Count;
        }

        _chunkCount += count;
        return true;
    }

    private bool IsEnd(ReadOnlySpan<byte> payload)
    {
        int position = 0;
        return Varint.TryRead(payload, ref position, out ulong seriesCount)
            && Varint.TryRead(payload, ref position, out ulong chunkCount)
            && Varint.TryRead(payload, ref position, out ulong sampleCount)
            && seriesCount == (ulong)_seriesCount
            && chunkCount == (ulong)_chunkCount
            && sampleCount == (ulong)_sampleCount;
    }

    private CorruptionException Damage(string detail) => new(_file.Path, _offsetBytes, detail);
}
