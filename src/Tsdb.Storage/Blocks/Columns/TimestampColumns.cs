using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Storage.Blocks.Columns;

/// <summary>The timestamp columns of a block (see <see cref="TimestampColumnsBuilder"/>). Safe for concurrent use.</summary>
internal sealed class TimestampColumns
{
    private const int HeaderBytes = 8;
    private const int EntryBytes = 28;

    private readonly Section _section;

    /// <summary>Views the section and checks its outline.</summary>
    public TimestampColumns(Section section)
    {
        _section = section;
        uint count = section.UInt32At(0);
        section.Require(HeaderBytes + ((long)count * EntryBytes) == section.LengthBytes, 0, "the count does not fit the section");
        Count = (int)count;
    }

    /// <summary>How many columns there are: they are numbered from 0.</summary>
    public int Count { get; }

    /// <summary>The column of a number below the count.</summary>
    public TimestampColumn At(int column)
    {
        int offset = HeaderBytes + (column * EntryBytes);
        var found = new TimestampColumn(
            _section.UInt64At(offset), (long)_section.UInt64At(offset + 8), (long)_section.UInt64At(offset + 16), (int)_section.UInt32At(offset + 24));
        bool isPossible = found.Count is > 0 and <= TimestampColumn.MaxCount && found.MinTimeNs <= found.MaxTimeNs;
        _section.Require(isPossible, offset, "a timestamp column has an impossible count or range");
        return found;
    }
}
