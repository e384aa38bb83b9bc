using Tsdb.Encoding;
using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Storage.Blocks.Columns;

/// <summary>Reads the chunk entries of one series, in time order.</summary>
internal ref struct ChunkEntryReader
{
    private const ChunkFlags KnownFlags = ChunkEntry.UnitBits | ChunkFlags.Histogram | ChunkFlags.HasStartTimestamps | ChunkFlags.HasNaN
        | ChunkFlags.HasStalenessMarker | ChunkFlags.HasStatistics;

    private readonly TimestampColumns _columns;
    private SectionCursor _cursor;
    private int _ordinal;
    private int _left;
    private int _column;
    private long _offsetBytes;

    /// <summary>Begins where the cursor is: at a row's first frame offset.</summary>
    public ChunkEntryReader(TimestampColumns columns, SectionCursor cursor, int ordinal, int count)
    {
        _columns = columns;
        _cursor = cursor;
        _ordinal = ordinal;
        _left = count;
        ulong offset = _cursor.ReadVarint();
        _cursor.Require(offset <= long.MaxValue / 2, "a chunk's offset is beyond any file");
        _offsetBytes = (long)offset;
    }

    /// <summary>Reads the next entry; false when there are no more.</summary>
    public bool TryRead(out ChunkEntry entry)
    {
        if (_left == 0)
        {
            entry = default;
            return false;
        }

        var flags = (ChunkFlags)_cursor.ReadByte();
        _cursor.Require((flags & ~KnownFlags) == 0, "a chunk has flags of a newer version");
        var codec = (ChunkCodec)_cursor.ReadByte();
        long column = _column + _cursor.ReadZigZag();
        _cursor.Require(column >= 0 && column < _columns.Count, "a chunk names a timestamp column that is not there");
        int lengthBytes = _cursor.ReadCount(int.MaxValue);
        int startsLengthBytes = (flags & ChunkFlags.HasStartTimestamps) != 0 ? _cursor.ReadCount(int.MaxValue) : 0;
        entry = new ChunkEntry
        {
            Ordinal = _ordinal,
            Flags = flags,
            Codec = codec,
            Column = _columns.At((int)column),
            OffsetBytes = _offsetBytes,
            LengthBytes = lengthBytes,
            StartTimestampsLengthBytes = startsLengthBytes,
            Statistics = (flags & ChunkFlags.HasStatistics) != 0 ? ChunkStatisticsCodec.Read(ref _cursor) : null,
        };
        _column = (int)column;
        _offsetBytes += entry.FrameBytes;
        _ordinal++;
        _left--;
        return true;
    }
}
