using Tsdb.Storage.Blocks.Layout;
using Tsdb.Storage.Index;

namespace Tsdb.Storage.Blocks.Lookup;

/// <summary>A posting list as a block keeps it: ascending row numbers.</summary>
/// <remarks>
/// <code>
///  reference u32: bit 31 set: the list is the one row in bits 0..30; else the offset of the list in the postings section
///  list:          varint 2 * count + 1, varint first: the rows first, first + 1, …
///                 varint 2 * count,     varint first, then count - 1 varints: gap to the row before, minus 1
/// </code>
/// Series are sorted by labels, so the list of a metric name is one run. Authoritative: docs/formats.md#postings.
/// </remarks>
internal static class PostingList
{
    /// <summary>Set in a reference that is itself the one row of its list.</summary>
    private const uint InlineBit = 1u << 31;

    /// <summary>Adds a list, not empty, to the section's payload and returns the reference to it.</summary>
    public static uint Write(SectionBuilder postings, ReadOnlySpan<uint> rows)
    {
        if (rows.Length == 1)
        {
            return rows[0] | InlineBit;
        }

        uint reference = (uint)postings.LengthBytes;
        bool isRun = rows[^1] - rows[0] == (uint)rows.Length - 1;
        postings.WriteVarint(((ulong)rows.Length << 1) | (isRun ? 1UL : 0));
        postings.WriteVarint(rows[0]);
        for (int i = 1; i < rows.Length && !isRun; i++)
        {
            postings.WriteVarint(rows[i] - rows[i - 1] - 1);
        }

        return reference;
    }

    /// <summary>Adds the rows of a list to a buffer; each is checked to be below <paramref name="rowCount"/>.</summary>
    public static void Read(Section postings, uint reference, int rowCount, PostingBuffer into)
    {
        if ((reference & InlineBit) != 0)
        {
            uint row = reference & ~InlineBit;
            postings.Require(row < (uint)rowCount, 0, "an inline posting is beyond the last series");
            into.Add(row);
            return;
        }

        SectionCursor cursor = postings.CursorAt(reference);
        int header = cursor.ReadCount(int.MaxValue);
        int count = header >> 1;
        int first = cursor.ReadCount(rowCount - 1);
        bool isRun = (header & 1) != 0;
        cursor.Require(count >= 1 && count <= rowCount - first && (isRun || count - 1 <= cursor.Remaining), "a posting list is longer than can be");
        Span<uint> rows = into.GetSpan(count);
        if (isRun)
        {
            FillRun((uint)first, rows);
        }
        else
        {
            ReadGaps(ref cursor, (uint)first, rowCount, rows);
        }
    }

    private static void FillRun(uint first, Span<uint> rows)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = first + (uint)i;
        }
    }

    private static void ReadGaps(ref SectionCursor cursor, uint first, int rowCount, Span<uint> rows)
    {
        uint row = first;
        rows[0] = row;
        for (int i = 1; i < rows.Length; i++)
        {
            row += (uint)cursor.ReadCount(rowCount - 2 - (int)row) + 1;
            rows[i] = row;
        }
    }
}
