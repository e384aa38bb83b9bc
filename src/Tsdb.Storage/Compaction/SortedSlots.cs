using System.Buffers;
using Tsdb.Model.Labels;
using Tsdb.Storage.Series;

namespace Tsdb.Storage.Compaction;

/// <summary>The series of a memtable in the order blocks keep them: by canonical labels. Holds pooled memory until disposed.</summary>
internal sealed class SortedSlots : IDisposable
{
    private const int PageBytes = 1 << 20;

    private readonly List<byte[]> _pages = []; // label sets one after another, none across pages
    private readonly ArrayBufferWriter<byte> _labels = new(512);
    private readonly Entry[] _entries;
    private int _pageUsed = PageBytes;

    /// <summary>Copies and sorts the labels of some slots; about 200 bytes of memory a series while it lives.</summary>
    public SortedSlots(SeriesTable series, IReadOnlyList<uint> slots)
    {
        _entries = new Entry[slots.Count];
        for (int i = 0; i < _entries.Length; i++)
        {
            _labels.ResetWrittenCount();
            series.CopyLabels(slots[i], _labels);
            _entries[i] = Keep(slots[i], _labels.WrittenSpan);
        }

        Array.Sort(_entries, (left, right) => CanonicalLabels.Compare(LabelsOf(left), LabelsOf(right)));
    }

    /// <summary>How many series there are.</summary>
    public int Count => _entries.Length;

    /// <summary>The slot at a place of the order.</summary>
    public uint SlotAt(int index) => _entries[index].Slot;

    /// <summary>The canonical labels at a place of the order.</summary>
    public ReadOnlySpan<byte> LabelsAt(int index) => LabelsOf(_entries[index]);

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        _pages.ForEach(page => ArrayPool<byte>.Shared.Return(page));
        _pages.Clear();
    }

    private Entry Keep(uint slot, ReadOnlySpan<byte> labels)
    {
        if (_pages.Count == 0 || labels.Length > _pages[^1].Length - _pageUsed)
        {
            _pages.Add(ArrayPool<byte>.Shared.Rent(Math.Max(PageBytes, labels.Length)));
            _pageUsed = 0;
        }

        var entry = new Entry(slot, _pages.Count - 1, _pageUsed, labels.Length);
        labels.CopyTo(_pages[^1].AsSpan(_pageUsed));
        _pageUsed += labels.Length;
        return entry;
    }

    private ReadOnlySpan<byte> LabelsOf(in Entry entry) => _pages[entry.Page].AsSpan(entry.Start, entry.Length);

    private readonly record struct Entry(uint Slot, int Page, int Start, int Length);
}
