namespace Tsdb.Storage.Shards;

/// <summary>
/// Remembers for which series slots a SERIES record stands in the current WAL generation. Guarded by the shard's lock.
/// </summary>
/// <remarks>A slot's mark is the number of the generation it was last logged in, so beginning a generation forgets every mark at once.</remarks>
internal sealed class SlotMarks
{
    private const int PageBits = 12;
    private const int PageSlots = 1 << PageBits;

    private uint[]?[] _pages = new uint[]?[16];
    private uint _generation = 1;

    /// <summary>Forgets every mark.</summary>
    public void BeginGeneration() => _generation++;

    /// <summary>Marks a slot; returns true when it was not marked in this generation.</summary>
    public bool TryMark(uint slot)
    {
        int page = (int)(slot >> PageBits);
        uint[] marks = page < _pages.Length && _pages[page] is { } existing ? existing : AddPage(page);
        ref uint mark = ref marks[slot & (PageSlots - 1)];
        if (mark == _generation)
        {
            return false;
        }

        mark = _generation;
        return true;
    }

    private uint[] AddPage(int page)
    {
        if (page >= _pages.Length)
        {
            Array.Resize(ref _pages, Math.Max(page + 1, _pages.Length * 2));
        }

        return _pages[page] = new uint[PageSlots];
    }
}
