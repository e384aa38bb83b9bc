using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Storage.Blocks.Columns;

/// <summary>The chunk index of a block (see <see cref="ChunkIndexBuilder"/>). Safe for concurrent use.</summary>
internal sealed class ChunkIndex
{
    private const int CheckpointsOffset = 16;
    private const int CheckpointBytes = 8;

    private readonly Section _section;
    private readonly TimestampColumns _columns;
    private readonly int _checkpointInterval;

    /// <summary>Views the section and checks its outline.</summary>
    public ChunkIndex(Section section, TimestampColumns columns)
    {
        _section = section;
        _columns = columns;
        uint count = section.UInt32At(0);
        uint interval = section.UInt32At(4);
        uint chunkCount = section.UInt32At(8);
        bool fits = count < int.MaxValue && chunkCount < int.MaxValue && interval is > 0 and <= ushort.MaxValue
            && CheckpointsOffset + (((long)count + interval - 1) / interval * CheckpointBytes) <= section.LengthBytes;
        section.Require(fits, 0, "the counts do not fit the section");
        RowCount = (int)count;
        ChunkCount = (int)chunkCount;
        _checkpointInterval = (int)interval;
    }

    /// <summary>How many series there are.</summary>
    public int RowCount { get; }

    /// <summary>How many chunks there are: they are numbered from 0.</summary>
    public int ChunkCount { get; }

    /// <summary>Begins reading the chunks of a row below the count.</summary>
    public ChunkEntryReader EntriesOf(int row)
    {
        int checkpointOffset = CheckpointsOffset + (row / _checkpointInterval * CheckpointBytes);
        SectionCursor cursor = _section.CursorAt(_section.UInt32At(checkpointOffset));
        long ordinal = _section.UInt32At(checkpointOffset + sizeof(uint));
        for (int skipped = row % _checkpointInterval; skipped > 0; skipped--)
        {
            int lengthBytes = cursor.ReadCount(cursor.Remaining);
            int start = cursor.Position;
            ordinal += cursor.ReadCount(lengthBytes);
            cursor.ReadBytes(lengthBytes - (cursor.Position - start));
        }

        cursor.ReadCount(cursor.Remaining);
        int count = cursor.ReadCount(cursor.Remaining);
        cursor.Require(ordinal + count <= ChunkCount, "a series has more chunks than the block");
        return new ChunkEntryReader(_columns, cursor, (int)ordinal, count);
    }
}
