namespace Tsdb.Storage.Index;

/// <summary>A growable list of series numbers. Not thread-safe; reusable.</summary>
internal sealed class PostingBuffer
{
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

    /// <summary>Sorts the numbers and drops repeats.</summary>
    public void SortDistinct()
    {
        Span<uint> items = _items.AsSpan(0, Count);
        items.Sort();
        int kept = 0;
        for (int i = 0; i < items.Length; i++)
        {
            if (kept == 0 || items[i] != items[kept - 1])
            {
                items[kept++] = items[i];
            }
        }

        Count = kept;
    }
}
