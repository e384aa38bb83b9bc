using System.Runtime.CompilerServices;

namespace Tsdb.Storage.Series;

/// <summary>An array indexed by <see cref="uint"/> that grows by pages and may have holes. Items never move.</summary>
/// <remarks>
/// One writer, any number of readers without a lock: a page and the directory that names it are published whole, so a reader that was told of an
/// item (by an index published later than the item) finds it. The items themselves are published by whoever writes them.
/// </remarks>
/// <typeparam name="T">What is held; without references, so that the garbage collector never looks inside.</typeparam>
internal sealed class PagedArray<T>
    where T : unmanaged
{
    /// <summary>Items in a page; those of one page lie side by side.</summary>
    public const int PageLength = 1 << PageBits;

    private const int PageBits = 10;

    private volatile T[]?[] _pages = []; // replaced whole by the writer when it grows; a page, once in, stays

    /// <summary>The least index beyond every page; items from here on are absent.</summary>
    public long Limit => (long)_pages.Length << PageBits;

    /// <summary>The item at <paramref name="index"/>, which must have been added.</summary>
    public ref T this[uint index] => ref _pages[index >> PageBits]![index & (PageLength - 1)];

    /// <summary>The item at <paramref name="index"/> or a null reference when its page was never added.</summary>
    public ref T Find(uint index)
    {
        ReadOnlySpan<T> page = PageOf(index);
        return ref page.IsEmpty ? ref Unsafe.NullRef<T>() : ref Unsafe.AsRef(in page[(int)(index & (PageLength - 1))]);
    }

    /// <summary>The page that holds <paramref name="index"/>, from its first item on; empty when it was never added.</summary>
    public ReadOnlySpan<T> PageOf(uint index)
    {
        T[]?[] pages = _pages;
        uint page = index >> PageBits;
        return page < (uint)pages.Length ? pages[page] : [];
    }

    /// <summary>The item at <paramref name="index"/>, zero when it is new. Writer only.</summary>
    public ref T Add(uint index)
    {
        T[]?[] pages = _pages;
        uint page = index >> PageBits;
        if (page >= (uint)pages.Length)
        {
            pages = new T[]?[Math.Max((int)page + 1, _pages.Length + (_pages.Length / 2))];
            _pages.CopyTo(pages, 0);
            _pages = pages;
        }

        if (pages[page] is null)
        {
            Volatile.Write(ref pages[page], new T[PageLength]);
        }

        return ref pages[page]![index & (PageLength - 1)];
    }
}
