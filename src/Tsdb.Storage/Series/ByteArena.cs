using Tsdb.Encoding.Bits;

namespace Tsdb.Storage.Series;

/// <summary>Keeps byte strings of any length, packed one after another, until the arena itself is dropped. Strings never move.</summary>
/// <remarks>
/// One writer, any number of readers without a lock: a string may be read by whoever was handed its address after it was added. An address is
/// the page's number in the upper and the offset in the page in the lower 32 bits, plus one page so that 0 is no address; the string's length
/// precedes it as a varint.
/// </remarks>
internal sealed class ByteArena
{
    private const int PageBytes = 128 * 1024; // large enough to lie in the large object heap, where it is never copied

    private byte[][] _pages = new byte[4][]; // replaced whole by the writer when it grows
    private int _pageCount;
    private int _used = PageBytes; // in the last page

    /// <summary>Keeps a copy of <paramref name="bytes"/> and returns its address, which is never 0. Writer only.</summary>
    public ulong Add(ReadOnlySpan<byte> bytes)
    {
        int needed = Varint.LengthOf((ulong)bytes.Length) + bytes.Length;
        if (needed > PageBytes - _used)
        {
            AddPage(Math.Max(needed, PageBytes));
        }

        int start = _used;
        Span<byte> free = _pages[_pageCount - 1].AsSpan(start);
        int lengthBytes = Varint.Write(free, (ulong)bytes.Length);
        bytes.CopyTo(free[lengthBytes..]);
        _used += needed;
        return ((ulong)_pageCount << 32) | (uint)start;
    }

    /// <summary>The string at an address that <see cref="Add"/> returned.</summary>
    public ReadOnlySpan<byte> this[ulong address]
    {
        get
        {
            byte[] page = Volatile.Read(ref _pages)[(int)(address >> 32) - 1];
            int position = (int)(uint)address;
            Varint.TryReadCount(page, ref position, int.MaxValue, out int length);
            return page.AsSpan(position, length);
        }
    }

    private void AddPage(int sizeBytes)
    {
        if (_pageCount == _pages.Length)
        {
            byte[][] larger = new byte[_pageCount * 2][];
            _pages.CopyTo(larger, 0);
            Volatile.Write(ref _pages, larger);
        }

        _pages[_pageCount++] = GC.AllocateUninitializedArray<byte>(sizeBytes);
        _used = 0;
    }
}
