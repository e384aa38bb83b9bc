using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Storage.Blocks.Lookup;

/// <summary>
/// Lays out the series section: the labels of each series as pair numbers, in the order of the series, whose place is their number.
/// </summary>
/// <remarks>
/// <code>
///  row count u32 | checkpoint interval u32 | per checkpoint: offset in the payload u32 | rows
///  row: labels it shares with the start of the row before, varint (0 at a checkpoint) | further labels, varint
///       per further label: zig-zag varint, pair number minus that at the same place of the row before (0 at a checkpoint or beyond its end)
/// </code>
/// Neighbours differ in few labels, and these by neighbouring values. Authoritative: docs/formats.md#series.
/// </remarks>
internal sealed class SeriesRowsBuilder
{
    /// <summary>Rows from one checkpoint to the next: finding one reads half of them.</summary>
    public const int CheckpointInterval = 64;

    private readonly SectionBuilder _section = new();
    private readonly int _checkpointsOffset;
    private uint[] _previous = [];
    private int _count;

    /// <summary>Begins a section of <paramref name="rowCount"/> rows.</summary>
    public SeriesRowsBuilder(int rowCount)
    {
        _section.WriteUInt32((uint)rowCount);
        _section.WriteUInt32(CheckpointInterval);
        _checkpointsOffset = _section.LengthBytes;
        for (int i = 0; i < rowCount; i += CheckpointInterval)
        {
            _section.WriteUInt32(0); // patched when its row is written
        }
    }

    /// <summary>The payload, complete after as many rows as announced.</summary>
    public SectionBuilder Section => _section;

    /// <summary>Adds the next row: ascending pair numbers.</summary>
    public void Add(ReadOnlySpan<uint> pairs)
    {
        if (_count % CheckpointInterval == 0)
        {
            _section.PatchUInt32(_checkpointsOffset + (_count / CheckpointInterval * sizeof(uint)), (uint)_section.LengthBytes);
            _previous = [];
        }

        int shared = pairs.CommonPrefixLength(_previous);
        _section.WriteVarint((uint)shared);
        _section.WriteVarint((uint)(pairs.Length - shared));
        for (int i = shared; i < pairs.Length; i++)
        {
            _section.WriteZigZag((long)pairs[i] - (i < _previous.Length ? _previous[i] : 0));
        }

        _previous = pairs.ToArray();
        _count++;
    }
}
