using System.Buffers;
using Tsdb.Model.Labels;
using Tsdb.Storage.Series;

namespace Tsdb.Storage.Compaction;

/// <summary>The series of a memtable in the order blocks keep them: by canonical labels.</summary>
internal sealed class SortedSlots
{
    private readonly ArrayBufferWriter<byte> _labels = new(1 << 16);
    private readonly Entry[] _entries;

    /// <summary>Copies and sorts the labels of some slots; about 200 bytes of memory a series while it lives.</summary>
    public SortedSlots(SeriesTable series, IReadOnlyList<uint> slots)
    {
        _entries = new Entry[slots.Count];
        for (int i = 0; i < _entries.Length; i++)
        {
            int start = _labels.WrittenCount;
            series.CopyLabels(slots[i], _labels);
            _entries[i] = new Entry(slots[i], start, _labels.WrittenCount - start);
        }

        Array.Sort(_entries, (left, right) => CanonicalLabels.Compare(LabelsOf(left), LabelsOf(right)));
    }

    /// <summary>How many series there are.</summary>
    public int Count => _entries.Length;

    /// <summary>The slot at a place of the order.</summary>
    public uint SlotAt(int index) => _entries[index].Slot;

    /// <summary>The canonical labels at a place of the order.</summary>
    public ReadOnlySpan<byte> LabelsAt(int index) => LabelsOf(_entries[index]);

    private ReadOnlySpan<byte> LabelsOf(in Entry entry) => _labels.WrittenSpan.Slice(entry.Start, entry.Length);

    private readonly record struct Entry(uint Slot, int Start, int Length);
}
