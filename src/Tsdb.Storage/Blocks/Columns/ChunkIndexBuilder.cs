using Tsdb.Encoding.Bits;
using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Storage.Blocks.Columns;

/// <summary>Lays out the chunk index section: for each series, in the order of the series, where its chunks lie and what is known of them.</summary>
/// <remarks>
/// <code>
///  row count u32 | checkpoint interval u32 | chunk count u32 | zero u32 | per checkpoint: offset in the payload u32, chunks before it u32 | rows
///  row:    bytes of the rest, varint | chunk count, varint | offset of the first frame in chunks.dat, varint | entries
///  entry:  flags u8 (ChunkFlags) | codec u8 | zig-zag varint: timestamp column, minus that of the entry before (0 for the first)
///          | payload length, varint | length of the start timestamps, varint, if flagged | statistics, if flagged
/// </code>
/// A row's frames follow each other. Authoritative: docs/formats.md#chunk-index.
/// </remarks>
internal sealed class ChunkIndexBuilder
{
    /// <summary>Rows from one checkpoint to the next: finding one skips half of them.</summary>
    private const int CheckpointInterval = 16;

    private const int HeaderBytes = 16;
    private const int CheckpointBytes = 8;

    private readonly SectionBuilder _rows = new();
    private readonly SectionBuilder _row = new();
    private readonly List<(uint Offset, uint ChunkCount)> _checkpoints = [];
    private int _rowCount;
    private int _rowChunkCount;
    private long _rowOffsetBytes;
    private int _lastColumn;

    /// <summary>Chunks added.</summary>
    public int ChunkCount { get; private set; }

    /// <summary>Adds the next chunk of the current series.</summary>
    /// <param name="entry">The chunk.</param>
    /// <param name="column">The number of its timestamp column.</param>
    public void Add(in ChunkEntry entry, int column)
    {
        if (_rowChunkCount++ == 0)
        {
            _rowOffsetBytes = entry.OffsetBytes;
        }

        _row.WriteByte((byte)entry.Flags);
        _row.WriteByte((byte)entry.Codec);
        _row.WriteZigZag(column - _lastColumn);
        _row.WriteVarint((uint)entry.LengthBytes);
        _lastColumn = column;
        if (entry.Statistics is { } statistics)
        {
            ChunkStatisticsCodec.Write(_row, statistics);
        }

        ChunkCount++;
    }

    /// <summary>Completes the current series' row.</summary>
    public void EndRow()
    {
        if (_rowCount++ % CheckpointInterval == 0)
        {
            _checkpoints.Add(((uint)_rows.LengthBytes, (uint)(ChunkCount - _rowChunkCount)));
        }

        int prefixBytes = Varint.LengthOf((uint)_rowChunkCount) + Varint.LengthOf((ulong)_rowOffsetBytes);
        _rows.WriteVarint((uint)(prefixBytes + _row.LengthBytes));
        _rows.WriteVarint((uint)_rowChunkCount);
        _rows.WriteVarint((ulong)_rowOffsetBytes);
        _rows.Write(_row.Payload);
        _row.Clear();
        _rowChunkCount = 0;
        _lastColumn = 0;
    }

    /// <summary>The payload.</summary>
    public SectionBuilder Build()
    {
        var section = new SectionBuilder();
        section.WriteUInt32((uint)_rowCount);
        section.WriteUInt32(CheckpointInterval);
        section.WriteUInt32((uint)ChunkCount);
        section.WriteUInt32(0);
        uint rowsOffset = (uint)(HeaderBytes + (_checkpoints.Count * CheckpointBytes));
        foreach ((uint offset, uint chunkCount) in _checkpoints)
        {
            section.WriteUInt32(rowsOffset + offset);
            section.WriteUInt32(chunkCount);
        }

        section.Write(_rows.Payload);
        return section;
    }
}
