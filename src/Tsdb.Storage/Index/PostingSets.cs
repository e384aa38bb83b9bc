namespace Tsdb.Storage.Index;

/// <summary>Set operations on posting lists: ascending series numbers without repeats. The result replaces the first operand, in place.</summary>
/// <remarks>
/// A short list is searched in a much longer one by galloping (Bentley and Yao, 1976); lists of like length are merged without branches that
/// depend on the data, as those would be mispredicted half of the time.
/// </remarks>
internal static class PostingSets
{
    /// <summary>From this ratio of lengths on galloping beats merging.</summary>
    private const int GallopRatio = 16;

    /// <summary>Keeps the numbers of <paramref name="target"/> that <paramref name="other"/> also holds.</summary>
    public static void Intersect(PostingBuffer target, ReadOnlySpan<uint> other)
    {
        Span<uint> items = target.GetWritableItems();
        int kept;
        if ((long)items.Length * GallopRatio < other.Length)
        {
            kept = GallopShortTarget(items, other, keepCommon: true);
        }
        else if ((long)other.Length * GallopRatio < items.Length)
        {
            kept = GallopShortOther(items, other);
        }
        else
        {
            kept = MergeCommon(items, other);
        }

        target.Truncate(kept);
    }

    /// <summary>Drops the numbers of <paramref name="target"/> that <paramref name="other"/> holds.</summary>
    public static void Subtract(PostingBuffer target, ReadOnlySpan<uint> other)
    {
        Span<uint> items = target.GetWritableItems();
        int kept = (long)items.Length * GallopRatio < other.Length
            ? GallopShortTarget(items, other, keepCommon: false)
            : MergeDifference(items, other);
        target.Truncate(kept);
    }

    /// <summary>Adds the numbers of <paramref name="other"/> that <paramref name="target"/> lacks.</summary>
    public static void Union(PostingBuffer target, ReadOnlySpan<uint> other)
    {
        target.AddRange(other);
        target.SortDistinct();
    }

    // The writes never overtake the reads: an item kept lands at or before its own place.
    private static int MergeCommon(Span<uint> items, ReadOnlySpan<uint> other)
    {
        int i = 0;
        int j = 0;
        int kept = 0;
        while (i < items.Length && j < other.Length)
        {
            uint left = items[i];
            uint right = other[j];
            items[kept] = left;
            kept += left == right ? 1 : 0;
            i += left <= right ? 1 : 0;
            j += right <= left ? 1 : 0;
        }

        return kept;
    }

    private static int MergeDifference(Span<uint> items, ReadOnlySpan<uint> other)
    {
        int i = 0;
        int j = 0;
        int kept = 0;
        while (i < items.Length && j < other.Length)
        {
            uint left = items[i];
            uint right = other[j];
            items[kept] = left;
            kept += left < right ? 1 : 0;
            i += left <= right ? 1 : 0;
            j += right <= left ? 1 : 0;
        }

        items[i..].CopyTo(items[kept..]);
        return kept + items.Length - i;
    }

    private static int GallopShortTarget(Span<uint> items, ReadOnlySpan<uint> other, bool keepCommon)
    {
        int at = 0;
        int kept = 0;
        foreach (uint item in items)
        {
            at = FindFrom(other, at, item);
            bool common = at < other.Length && other[at] == item;
            items[kept] = item;
            kept += common == keepCommon ? 1 : 0;
        }

        return kept;
    }

    private static int GallopShortOther(Span<uint> items, ReadOnlySpan<uint> other)
    {
        int at = 0;
        int kept = 0;
        foreach (uint wanted in other)
        {
            at = FindFrom(items, at, wanted);
            if (at == items.Length)
            {
                break;
            }

            if (items[at] == wanted)
            {
                at++;
                items[kept++] = wanted;
            }
        }

        return kept;
    }

    /// <summary>
    /// The first index at or after <paramref name="from"/> whose item is not below <paramref name="wanted"/>; the length when there is
    /// none.
    /// </summary>
    private static int FindFrom(ReadOnlySpan<uint> items, int from, uint wanted)
    {
        int low = from;
        int step = 1;
        while (low + step < items.Length && items[low + step] < wanted)
        {
            low += step;
            step *= 2;
        }

        int found = items[low..Math.Min(low + step + 1, items.Length)].BinarySearch(wanted);
        return low + (found < 0 ? ~found : found);
    }
}
