namespace Tsdb.Query.Operators;

/// <summary>Names the timestamps of a series by the columns they came from, so that series scraped together are recognised.</summary>
internal sealed class TimestampColumnKey
{
    private (ulong Id, int Count)[] _columns = new (ulong, int)[8];
    private int _count;
    private bool _isUnknown;

    /// <summary>True when nothing is known: the timestamps may be any.</summary>
    public bool IsUnknown => _isUnknown || _count == 0;

    /// <summary>Forgets the columns.</summary>
    public void Clear()
    {
        _count = 0;
        _isUnknown = false;
    }

    /// <summary>Adds the next column; id 0 makes the whole unknown.</summary>
    public void Add(ulong id, int count)
    {
        _isUnknown |= id == 0;
        if (_isUnknown)
        {
            return;
        }

        if (_count == _columns.Length)
        {
            Array.Resize(ref _columns, _count * 2);
        }

        _columns[_count++] = (id, count);
    }

    /// <summary>Says whether both surely name equal timestamps.</summary>
    public bool Matches(TimestampColumnKey other) =>
        !IsUnknown && !other.IsUnknown && _columns.AsSpan(0, _count).SequenceEqual(other._columns.AsSpan(0, other._count));

    /// <summary>Becomes a copy of <paramref name="other"/>.</summary>
    public void CopyFrom(TimestampColumnKey other)
    {
        if (_columns.Length < other._count)
        {
            _columns = new (ulong, int)[other._columns.Length];
        }

        other._columns.AsSpan(0, other._count).CopyTo(_columns);
        _count = other._count;
        _isUnknown = other._isUnknown;
    }
}
