using System.Buffers;
using Tsdb.Model.Reading;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>The start timestamps of one series' samples, 0 where unknown; most series have none. Not thread-safe; dispose it to return the array.</summary>
internal sealed class StartTimestampBuffer : IDisposable
{
    private const int InitialCapacity = 512;
    private readonly QueryContext _context;
    private long[] _timestampsNs = [];
    private int _charged; // samples the budget holds for the array; the pool may have lent a longer one
    private int _count; // samples so far once one has a start timestamp; 0 before

    /// <summary>Creates an empty buffer whose memory counts against the query's budget.</summary>
    public StartTimestampBuffer(QueryContext context) => _context = context;

    /// <summary>One start timestamp a sample, or empty when no sample has one.</summary>
    public ReadOnlySpan<long> TimestampsNs => _timestampsNs.AsSpan(0, _count);

    /// <summary>Forgets every sample.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds those of the reader's current run, which follows <paramref name="before"/> samples.</summary>
    public void Add(IColumnReader reader, int before)
    {
        ref readonly ColumnRun run = ref reader.Current;
        bool isWanted = run.HasStartTimestamps && _context.Features.StartTimestamps;
        if (!isWanted && _count == 0)
        {
            return;
        }

        EnsureCapacity(before + run.Count);
        _timestampsNs.AsSpan(_count, before - _count).Clear();
        _count = before + run.Count;
        Span<long> added = _timestampsNs.AsSpan(before, run.Count);
        if (isWanted)
        {
            reader.ReadStartTimestamps(added);
        }
        else
        {
            added.Clear();
        }
    }

    /// <summary>Moves the start timestamp of one sample to the place of another, when there are any.</summary>
    public void Move(int from, int to)
    {
        if (_count > 0)
        {
            _timestampsNs[to] = _timestampsNs[from];
        }
    }

    /// <summary>Keeps the first samples only.</summary>
    public void Truncate(int count) => _count = Math.Min(_count, count);

    /// <inheritdoc/>
    public void Dispose()
    {
        _count = 0;
        Release();
        _timestampsNs = [];
    }

    private void EnsureCapacity(int count)
    {
        if (count <= _timestampsNs.Length)
        {
            return;
        }

        int capacity = Math.Max(count, Math.Max(InitialCapacity, _timestampsNs.Length * 2));
        _context.Budget.Take(0, (long)capacity * sizeof(long));
        long[] timestampsNs = ArrayPool<long>.Shared.Rent(capacity);
        TimestampsNs.CopyTo(timestampsNs);
        Release();
        _charged = capacity;
        _timestampsNs = timestampsNs;
    }

    private void Release()
    {
        if (_charged > 0)
        {
            ArrayPool<long>.Shared.Return(_timestampsNs);
            _context.Budget.Give(0, (long)_charged * sizeof(long));
            _charged = 0;
        }
    }
}
