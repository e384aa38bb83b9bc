using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tsdb.Storage.Memtable;

/// <summary>The hot lines of a shard's series by slot, in pages of native memory that never move.</summary>
/// <remarks>One writer; readers find the lines of series that were shown to them.</remarks>
internal sealed unsafe class HotSlots(NativeArena arena)
{
    private const int PageBits = 8;
    private const uint PageMask = (1u << PageBits) - 1;

    private nint[] _pages = new nint[16]; // 0 = no series of that page yet; replaced whole by the writer when it grows
    private NativeArena.Cursor _cursor;

    /// <summary>The line of a slot, added empty when its page is new. Writer only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SeriesHot* GetOrAdd(uint slot)
    {
        nint[] pages = _pages;
        uint page = slot >> PageBits;
        nint lines = page < (uint)pages.Length ? pages[page] : 0;
        if (lines == 0)
        {
            lines = AddPage(page);
        }

        return (SeriesHot*)lines + (slot & PageMask);
    }

    /// <summary>The line of a slot; null when it was never added.</summary>
    public SeriesHot* Find(uint slot)
    {
        nint[] pages = Volatile.Read(ref _pages);
        uint page = slot >> PageBits;
        nint lines = page < (uint)pages.Length ? Volatile.Read(ref pages[page]) : 0;
        return lines == 0 ? null : (SeriesHot*)lines + (slot & PageMask);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private nint AddPage(uint page)
    {
        const int pageBytes = SeriesHot.SizeBytes << PageBits;
        byte* lines = arena.At(arena.Allocate(ref _cursor, pageBytes, SeriesHot.SizeBytes));
        NativeMemory.Clear(lines, pageBytes);
        if (page >= (uint)_pages.Length)
        {
            nint[] larger = new nint[Math.Max((int)page + 1, _pages.Length * 2)];
            _pages.CopyTo(larger, 0);
            Volatile.Write(ref _pages, larger);
        }

        Volatile.Write(ref _pages[page], (nint)lines);
        return (nint)lines;
    }
}
