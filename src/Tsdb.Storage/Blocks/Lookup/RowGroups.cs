namespace Tsdb.Storage.Blocks.Lookup;

/// <summary>
/// Groups rows by a key with a counting sort: count every row, end counting, then add every row in ascending order. Not thread-safe.
/// </summary>
internal sealed class RowGroups(int keyCount)
{
    private readonly int[] _ends = new int[keyCount]; // while counting: how many; afterwards: where the next row of the key goes, at last the group's end
    private uint[] _rows = [];

    /// <summary>How many keys there are, those without rows included.</summary>
    public int KeyCount => _ends.Length;

    /// <summary>Counts one row of a key.</summary>
    public void Count(uint key) => _ends[key]++;

    /// <summary>Makes room for the rows counted.</summary>
    public void EndCounting()
    {
        int total = 0;
        for (int key = 0; key < _ends.Length; key++)
        {
            int count = _ends[key];
            _ends[key] = total;
            total = checked(total + count);
        }

        _rows = new uint[total];
    }

    /// <summary>Adds a row of a key.</summary>
    public void Add(uint key, uint row) => _rows[_ends[key]++] = row;

    /// <summary>The rows of a key, ascending, once all are added.</summary>
    public ReadOnlySpan<uint> RowsOf(int key) => _rows.AsSpan((key == 0 ? 0 : _ends[key - 1]).._ends[key]);
}
