using System.Buffers;
using Tsdb.Query.Operators;

namespace Tsdb.Query.Planning;

/// <summary>Lends columns to the operators of one query and keeps them for reuse; every lent column counts against the budget. Used by one thread.</summary>
internal sealed class ColumnPool
{
    private const int MaxFree = 64; // more are seldom free at once; the rest go back to the shared pool
    private readonly Stack<SeriesColumn> _free = new();
    private readonly QueryBudget _budget;

    /// <summary>Creates a pool that charges <paramref name="budget"/>.</summary>
    public ColumnPool(QueryBudget budget) => _budget = budget;

    /// <summary>Lends a column with no value at any step.</summary>
    public SeriesColumn Rent(int steps)
    {
        _budget.Take(steps, BytesOf(steps));
        if (_free.TryPeek(out SeriesColumn? column) && column.Steps == steps)
        {
            _free.Pop();
        }
        else
        {
            double[] values = ArrayPool<double>.Shared.Rent(steps);
            ulong[] presence = ArrayPool<ulong>.Shared.Rent(PresenceBitmap.WordCount(steps));
            column = new SeriesColumn(values, presence, steps);
        }

        column.Presence.Clear();
        return column;
    }

    /// <summary>Takes a column back.</summary>
    public void Return(SeriesColumn column)
    {
        _budget.Give(column.Steps, BytesOf(column.Steps));
        if (_free.Count < MaxFree)
        {
            _free.Push(column);
        }
        else
        {
            ReturnArrays(column);
        }
    }

    /// <summary>Gives every free column's arrays back to the shared pool.</summary>
    public void Clear()
    {
        while (_free.TryPop(out SeriesColumn? column))
        {
            ReturnArrays(column);
        }
    }

    private static long BytesOf(int steps) => ((long)steps * sizeof(double)) + ((long)PresenceBitmap.WordCount(steps) * sizeof(ulong));

    private static void ReturnArrays(SeriesColumn column)
    {
        (double[] values, ulong[] presence) = column.Arrays;
        ArrayPool<double>.Shared.Return(values);
        ArrayPool<ulong>.Shared.Return(presence);
    }
}
