namespace Tsdb.Storage.Shards;

/// <summary>
/// Remembers of each series slot in which WAL generation it was last used, and whether a SERIES record stands for it in the current one. Guarded by
/// the shard's lock, but for what says otherwise.
/// </summary>
/// <remarks>
/// A slot's mark is twice the number of that generation, plus one when it was logged; so beginning a generation forgets at once what was logged. A
/// slot that was never used has no mark.
/// </remarks>
internal sealed class SlotMarks
{
    private const int PageBits = 12;
    private const int PageSlots = 1 << PageBits;

    private volatile uint[]?[] _pages = new uint[]?[16]; // replaced whole when it grows
    private List<uint>? _roused; // slots that were idle by _idleBelow and are no longer; null while nobody asks
    private uint _idleBelow;

    /// <summary>The number of the current generation.</summary>
    public uint Generation { get; private set; } = 1;

    /// <summary>Forgets what was logged.</summary>
    public void BeginGeneration() => Generation++;

    /// <summary>Marks a slot as used and logged; returns true when it was not logged in this generation.</summary>
    public bool TryMark(uint slot)
    {
        uint logged = (Generation * 2) + 1;
        ref uint mark = ref MarkOf(slot);
        if (mark == logged)
        {
            return false;
        }

        Raise(ref mark, slot, logged);
        return true;
    }

    /// <summary>Marks a slot as used.</summary>
    public void Touch(uint slot)
    {
        ref uint mark = ref MarkOf(slot);
        if (mark < Generation * 2)
        {
            Raise(ref mark, slot, Generation * 2);
        }
    }

    /// <summary>
    /// Says whether a slot was last used before a generation. Callable by any thread after <see cref="WatchIdle"/>: an answer may be out of date, but
    /// then the slot is among the roused ones.
    /// </summary>
    public bool IsIdle(uint slot, uint generation)
    {
        uint[]?[] pages = _pages;
        int page = (int)(slot >> PageBits);
        return page >= pages.Length || Volatile.Read(ref pages[page]) is not { } marks
            || Volatile.Read(ref marks[slot & (PageSlots - 1)]) < generation * 2;
    }

    /// <summary>From now on keeps the slots that were last used before a generation, or never, when they are used.</summary>
    public void WatchIdle(uint generation)
    {
        _roused = [];
        _idleBelow = generation * 2;
    }

    /// <summary>The slots kept since <see cref="WatchIdle"/> or the last call.</summary>
    public List<uint> TakeRoused()
    {
        List<uint> roused = _roused!;
        _roused = [];
        return roused;
    }

    /// <summary>Ends what <see cref="WatchIdle"/> began; lets go of pages on which every slot is idle.</summary>
    public void EndWatch()
    {
        uint[]?[] pages = _pages;
        for (int page = 0; page < pages.Length; page++)
        {
            if (pages[page] is { } marks && !marks.AsSpan().ContainsAnyInRange(_idleBelow, uint.MaxValue))
            {
                pages[page] = null;
            }
        }

        _roused = null;
    }

    private void Raise(ref uint mark, uint slot, uint value)
    {
        if (mark < _idleBelow)
        {
            _roused?.Add(slot);
        }

        Volatile.Write(ref mark, value);
    }

    private ref uint MarkOf(uint slot)
    {
        int page = (int)(slot >> PageBits);
        uint[] marks = page < _pages.Length && _pages[page] is { } existing ? existing : AddPage(page);
        return ref marks[slot & (PageSlots - 1)];
    }

    /// <summary>Adds the slots logged in this generation, ascending.</summary>
    public void CopyLogged(List<uint> slots)
    {
        uint logged = (Generation * 2) + 1;
        for (int page = 0; page < _pages.Length; page++)
        {
            ReadOnlySpan<uint> marks = _pages[page];
            for (int i = 0; i < marks.Length; i++)
            {
                if (marks[i] == logged)
                {
                    slots.Add(((uint)page << PageBits) + (uint)i);
                }
            }
        }
    }

    private uint[] AddPage(int page)
    {
        uint[]?[] pages = _pages;
        if (page >= pages.Length)
        {
            Array.Resize(ref pages, Math.Max(page + 1, pages.Length * 2));
            _pages = pages;
        }

        uint[] marks = new uint[PageSlots];
        Volatile.Write(ref pages[page], marks);
        return marks;
    }
}
