using System.Buffers;

namespace Tsdb.Storage.Series;

/// <summary>Builds a table with some of the series of another, under the slots they have there, while that one stays in use. Used by one thread.</summary>
/// <param name="from">The table in use; its writer may go on.</param>
internal sealed class SeriesTableRenewal(SeriesTable from)
{
    private readonly ArrayBufferWriter<byte> _labels = new(512);

    /// <summary>The table built so far.</summary>
    public SeriesTable Table { get; } = new();

    /// <summary>Takes over a series, unless it is here already or there is none with this slot.</summary>
    public void Copy(uint slot)
    {
        if (from.Contains(slot) && !Table.Contains(slot))
        {
            _labels.ResetWrittenCount();
            from.CopyLabels(slot, _labels);
            Table.Restore(slot, _labels.WrittenSpan);
        }
    }

    /// <summary>Takes over series in any order of slots; those that are new come in order, so they go last.</summary>
    public void Copy(List<uint> slots)
    {
        slots.Sort();
        foreach (uint slot in slots)
        {
            Copy(slot);
        }
    }
}
