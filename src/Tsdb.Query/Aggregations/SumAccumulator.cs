using System.Numerics;
using System.Runtime.InteropServices;
using Tsdb.Query.Functions;
using Tsdb.Query.Operators;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Aggregations;

/// <summary><c>sum</c>: a compensated sum a step.</summary>
/// <remarks>
/// Series are added in their order and every step keeps a compensation of its own, so vectorising runs across steps and changes no bit of the
/// result (see <see cref="CompensatedSum"/>, which the vector form repeats operation by operation).
/// </remarks>
internal sealed class SumAccumulator : GroupAccumulator
{
    private readonly SeriesColumn _compensation;

    /// <summary>Creates the accumulator.</summary>
    public SumAccumulator(ColumnPool pool, int steps)
        : base(pool, steps)
    {
        _compensation = pool.Rent(steps);
        _compensation.Values.Clear();
        Column.Values.Clear();
    }

    /// <inheritdoc/>
    public override void Add(SeriesColumn series)
    {
        PresenceBitmap seen = Column.Presence;
        PresenceBitmap added = series.Presence;
        Span<double> sums = Column.Values;
        Span<double> compensations = _compensation.Values;
        ReadOnlySpan<double> values = series.Values;
        for (int word = 0; word < added.Words.Length; word++)
        {
            int first = word * 64;
            int count = Math.Min(64, sums.Length - first);
            ulong all = count == 64 ? ulong.MaxValue : (1UL << count) - 1;
            if (added.Words[word] == all && seen.Words[word] == all)
            {
                AddDense(sums.Slice(first, count), compensations.Slice(first, count), values.Slice(first, count));
                continue;
            }

            for (ulong rest = added.Words[word]; rest != 0; rest &= rest - 1)
            {
                AddOne(first + BitOperations.TrailingZeroCount(rest), seen, sums, compensations, values);
            }
        }
    }

    /// <inheritdoc/>
    public override void Finish(SeriesColumn result)
    {
        for (int step = 0; step < Column.Steps; step++)
        {
            result.Values[step] = new CompensatedSum { Sum = Column.Values[step], Compensation = _compensation.Values[step] }.Total;
        }

        Column.Presence.Words.CopyTo(result.Presence.Words);
    }

    /// <inheritdoc/>
    public override void Return()
    {
        Pool.Return(_compensation);
        base.Return();
    }

    private static void AddOne(
        int step, PresenceBitmap seen, Span<double> sums, Span<double> compensations, ReadOnlySpan<double> values)
    {
        if (!seen[step])
        {
            sums[step] = values[step]; // not 0 + value, which would turn -0 into 0
            seen.Set(step);
            return;
        }

        var sum = new CompensatedSum { Sum = sums[step], Compensation = compensations[step] };
        sum.Add(values[step]);
        sums[step] = sum.Sum;
        compensations[step] = sum.Compensation;
    }

    private static void AddDense(Span<double> sums, Span<double> compensations, ReadOnlySpan<double> values)
    {
        Span<Vector<double>> sumLanes = MemoryMarshal.Cast<double, Vector<double>>(sums);
        Span<Vector<double>> compensationLanes = MemoryMarshal.Cast<double, Vector<double>>(compensations);
        ReadOnlySpan<Vector<double>> valueLanes = MemoryMarshal.Cast<double, Vector<double>>(values);
        for (int i = 0; i < sumLanes.Length; i++)
        {
            Vector<double> sum = sumLanes[i];
            Vector<double> value = valueLanes[i];
            Vector<double> total = sum + value;
            Vector<double> lost = Vector.ConditionalSelect(
                Vector.GreaterThanOrEqual(Vector.Abs(sum), Vector.Abs(value)), sum - total + value, value - total + sum);
            Vector<long> isInfinite = Vector.Equals(Vector.Abs(total), new Vector<double>(double.PositiveInfinity));
            compensationLanes[i] = Vector.ConditionalSelect(isInfinite, Vector<double>.Zero, compensationLanes[i] + lost);
            sumLanes[i] = total;
        }

        for (int step = sumLanes.Length * Vector<double>.Count; step < sums.Length; step++)
        {
            var sum = new CompensatedSum { Sum = sums[step], Compensation = compensations[step] };
            sum.Add(values[step]);
            sums[step] = sum.Sum;
            compensations[step] = sum.Compensation;
        }
    }
}
