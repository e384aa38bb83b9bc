using System.Buffers;
using System.Numerics;

namespace Tsdb.Storage.Index;

/// <summary>A growable list of series numbers. Not thread-safe; reusable.</summary>
internal sealed class PostingBuffer
{
    /// <summary>Lists shorter than this are sorted by comparing; longer dense ones through a bitmap.</summary>
    private const int BitmapSortCount = 1024;

    private uint[] _items = new uint[256];

    /// <summary>Numbers held.</summary>
    public int Count { get; private set; }

    /// <summary>The numbers held, valid until the buffer is next changed.</summary>
    public ReadOnlySpan<uint> Items => _items.AsSpan(0, Count);

    /// <summary>Forgets every number.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds one number.</summary>
    public void Add(uint series) => GetSpan(1)[0] = series;

    /// <summary>Adds numbers.</summary>
    public void AddRange(ReadOnlySpan<uint> series) => series.CopyTo(GetSpan(series.Length));

    /// <summary>Makes room for, and counts as held, <paramref name="count"/> numbers that the caller fills in.</summary>
    public Span<uint> GetSpan(int count)
    {
        int needed = Count + count;
        if (needed > _items.Length)
        {
            Array.Resize(ref _items, Math.Max(needed, _items.Length * 2));
        }

        Span<uint> span = _items.AsSpan(Count, count);
        Count = needed;
        return span;
    }

    /// <summary>The numbers held, to be changed in place; <see cref="Truncate"/> afterwards keeps the first of them.</summary>
    public Span<uint> GetWritableItems() => _items.AsSpan(0, Count);

    /// <summary>Keeps the first <paramref name="count"/> numbers.</summary>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Count = count;
    }

    /// <summary>Keeps the numbers below <paramref name="limit"/>; they are in ascending order.</summary>
    public void TruncateAt(uint limit)
    {
        while (Count > 0 && _items[Count - 1] >= limit)
        {
            Count--;
        }
    }

    /// <summary>Sorts the numbers and drops repeats. Costs one pass when they are in order already.</summary>
    public void SortDistinct()
    {
        Span<uint> items = _items.AsSpan(0, Count);
        if (IsStrictlyAscending(items))
        {
            return;
        }

        // One bit a number beats comparing as long as the bitmap is not larger than the list itself.
        (uint min, uint max) = EndsOf(items);
        if (items.Length >= BitmapSortCount && (max - min) / 32 < (uint)items.Length)
        {
            Count = SortByBitmap(items, min, max);
        }
        else
        {
            items.Sort();
            Count = DropRepeats(items);
        }
    }

    private static bool IsStrictlyAscending(ReadOnlySpan<uint> items)
    {
        int i = 1;
        while (i < items.Length && items[i] > items[i - 1])
        {
            i++;
        }

        return i >= items.Length;
    }

    private static (uint Min, uint Max) EndsOf(ReadOnlySpan<uint> items)
    {
        uint min = uint.MaxValue;
        uint max = 0;
        foreach (uint item in items)
        {
            min = Math.Min(min, item);
            max = Math.Max(max, item);
        }

        return (min, max);
    }

    private static int DropRepeats(Span<uint> sorted)
    {
        int kept = 0;
        foreach (uint item in sorted)
        {
            if (kept == 0 || item != sorted[kept - 1])
            {
                sorted[kept++] = item;
            }
        }

        return kept;
    }

    private static int SortByBitmap(Span<uint> items, uint min, uint max)
    {
        int words = (int)((max - min) / 64) + 1;
        ulong[] bitmap = ArrayPool<ulong>.Shared.Rent(words);
        Array.Clear(bitmap, 0, words);
        foreach (uint item in items)
        {
            bitmap[(item - min) / 64] |= 1UL << (int)((item - min) % 64);
        }

        int kept = 0;
        for (int word = 0; word < words; word++)
        {
            for (ulong bits = bitmap[word]; bits != 0; bits &= bits - 1)
            {
                items[kept++] = min + ((uint)word * 64) + (uint)BitOperations.TrailingZeroCount(bits);
            }
        }

        ArrayPool<ulong>.Shared.Return(bitmap);
        return kept;
    }
}
