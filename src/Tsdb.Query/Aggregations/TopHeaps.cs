using System.Buffers;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Aggregations;

/// <summary>For each step of one group, the best series so far: a heap a step whose root is the worst of those kept. Used by one thread.</summary>
/// <remarks>Holds only what is kept, k values a step, however many series pass by.</remarks>
internal sealed class TopHeaps
{
    private const int BytesPerSlot = sizeof(double) + sizeof(int);
    private readonly QueryBudget _budget;
    private readonly bool _keepsLargest;
    private readonly int[] _counts;
    private double[] _values = [];
    private int[] _series = [];
    private int _capacity; // slots a step

    /// <summary>Creates empty heaps.</summary>
    public TopHeaps(QueryBudget budget, int steps, bool keepsLargest)
    {
        _budget = budget;
        _keepsLargest = keepsLargest;
        _counts = new int[steps];
    }

    /// <summary>How many series a step keeps.</summary>
    public int CountAt(int step) => _counts[step];

    /// <summary>The index of a kept series, in no order.</summary>
    public int SeriesAt(int step, int slot) => _series[(step * _capacity) + slot];

    /// <summary>The value of a kept series.</summary>
    public double ValueAt(int step, int slot) => _values[(step * _capacity) + slot];

    /// <summary>Offers a value; of equal values the earlier series is kept.</summary>
    /// <returns>True when it is kept, at least for now.</returns>
    public bool Offer(int step, long k, int series, double value)
    {
        if (k < 1)
        {
            return false;
        }

        int count = _counts[step];
        if (count >= k)
        {
            int root = step * _capacity;
            if (!IsWorse(_values[root], value))
            {
                return false;
            }

            SinkRoot(root, count, value, series);
            return true;
        }

        if (count == _capacity)
        {
            Grow();
        }

        Raise(step * _capacity, count, value, series);
        _counts[step] = count + 1;
        return true;
    }

    /// <summary>Gives the memory back.</summary>
    public void Return()
    {
        if (_capacity == 0)
        {
            return;
        }

        ArrayPool<double>.Shared.Return(_values);
        ArrayPool<int>.Shared.Return(_series);
        _budget.Give(Slots, Slots * BytesPerSlot);
        _capacity = 0;
    }

    private long Slots => (long)_counts.Length * _capacity;

    // NaN is worse than any number.
    private bool IsWorse(double left, double right) =>
        (_keepsLargest ? left < right : left > right) || (double.IsNaN(left) && !double.IsNaN(right));

    private void Raise(int root, int slot, double value, int series)
    {
        while (slot > 0)
        {
            int parent = (slot - 1) / 2;
            if (!IsWorse(value, _values[root + parent]))
            {
                break;
            }

            Move(root + parent, root + slot);
            slot = parent;
        }

        _values[root + slot] = value;
        _series[root + slot] = series;
    }

    private void SinkRoot(int root, int count, double value, int series)
    {
        int slot = 0;
        while (true)
        {
            int child = (slot * 2) + 1;
            if (child >= count)
            {
                break;
            }

            if (child + 1 < count && IsWorse(_values[root + child + 1], _values[root + child]))
            {
                child++;
            }

            if (!IsWorse(_values[root + child], value))
            {
                break;
            }

            Move(root + child, root + slot);
            slot = child;
        }

        _values[root + slot] = value;
        _series[root + slot] = series;
    }

    private void Move(int from, int to)
    {
        _values[to] = _values[from];
        _series[to] = _series[from];
    }

    private void Grow()
    {
        (double[] oldValues, int[] oldSeries, int oldCapacity) = (_values, _series, _capacity);
        int capacity = Math.Max(4, oldCapacity * 2);
        long slots = (long)_counts.Length * capacity;
        _budget.Take(slots - Slots, (slots - Slots) * BytesPerSlot);
        _values = ArrayPool<double>.Shared.Rent(checked((int)slots));
        _series = ArrayPool<int>.Shared.Rent(checked((int)slots));
        _capacity = capacity;
        for (int step = 0; step < _counts.Length; step++)
        {
            oldValues.AsSpan(step * oldCapacity, _counts[step]).CopyTo(_values.AsSpan(step * capacity));
            oldSeries.AsSpan(step * oldCapacity, _counts[step]).CopyTo(_series.AsSpan(step * capacity));
        }

        if (oldCapacity > 0)
        {
            ArrayPool<double>.Shared.Return(oldValues);
            ArrayPool<int>.Shared.Return(oldSeries);
        }
    }
}
