using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Storage.Blocks.Columns;

/// <summary>Collects the distinct timestamp columns of a block and lays out their section.</summary>
/// <remarks>
/// <code>
///  column count u32 | zero u32 | per column, 28 bytes: id u64 | first timestamp i64 | last timestamp i64 | count u32
///  id: XxHash3 (64 bits, seed 0) of the timestamps in nanoseconds as i64, 0 replaced by 1
/// </code>
/// Authoritative: docs/formats.md#timestamp-columns.
/// </remarks>
internal sealed class TimestampColumnsBuilder
{
    private readonly Dictionary<TimestampColumn, int> _numbers = [];
    private readonly List<TimestampColumn> _columns = [];

    /// <summary>The number of a column, which is added if it is new.</summary>
    public int Add(TimestampColumn column)
    {
        if (_numbers.TryAdd(column, _columns.Count))
        {
            _columns.Add(column);
        }

        return _numbers[column];
    }

    /// <summary>The payload.</summary>
    public SectionBuilder Build()
    {
        var section = new SectionBuilder();
        section.WriteUInt32((uint)_columns.Count);
        section.WriteUInt32(0);
        foreach (TimestampColumn column in _columns)
        {
            section.WriteUInt64(column.Id);
            section.WriteUInt64((ulong)column.MinTimeNs);
            section.WriteUInt64((ulong)column.MaxTimeNs);
            section.WriteUInt32((uint)column.Count);
        }

        return section;
    }
}
