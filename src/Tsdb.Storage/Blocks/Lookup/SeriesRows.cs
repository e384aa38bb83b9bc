using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Storage.Blocks.Lookup;

/// <summary>The series section of a block (see <see cref="SeriesRowsBuilder"/>). Safe for concurrent use.</summary>
internal sealed class SeriesRows
{
    private const int CheckpointsOffset = 8;

    private readonly Section _section;

    /// <summary>Views the section and checks its outline.</summary>
    public SeriesRows(Section section)
    {
        _section = section;
        uint count = section.UInt32At(0);
        uint interval = section.UInt32At(4);
        bool fits = count < int.MaxValue && interval is > 0 and <= ushort.MaxValue
            && CheckpointsOffset + (((long)count + interval - 1) / interval * sizeof(uint)) <= section.LengthBytes;
        section.Require(fits, 0, "the counts do not fit the section");
        Count = (int)count;
        CheckpointInterval = (int)interval;
    }

    /// <summary>How many series there are.</summary>
    public int Count { get; }

    /// <summary>Rows from one checkpoint to the next.</summary>
    public int CheckpointInterval { get; }

    /// <summary>Begins reading at a checkpoint.</summary>
    public SectionCursor CursorAtCheckpoint(int checkpoint) => _section.CursorAt(_section.UInt32At(CheckpointsOffset + (checkpoint * sizeof(uint))));

    /// <summary>Begins reading in the middle of a run of rows.</summary>
    public SectionCursor CursorAt(int position) => new(_section, position);
}
