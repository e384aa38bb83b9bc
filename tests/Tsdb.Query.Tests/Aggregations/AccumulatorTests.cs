using Tsdb.Query.Aggregations;
using Tsdb.Query.Functions;
using Tsdb.Query.Operators;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Tests.Aggregations;

public sealed class AccumulatorTests
{
    private const int Steps = 70; // one whole word of presence and a part of one, so that both the vector and the scalar way are taken

    /// <summary>Values of one series: a third of the steps may be missing, or none.</summary>
    [FsCheck.NUnit.Property(MaxTest = 200)]
    public bool Sum_AnySeries_HasTheBitsOfStepByStepAddition(double[] seeds, bool isSparse) => Agrees(
        seeds, isSparse, static pool => new SumAccumulator(pool, Steps), static values =>
        {
            var sum = new CompensatedSum { Sum = values[0] };
            values.Skip(1).ToList().ForEach(value => sum.Add(value));
            return sum.Total;
        });

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public bool Max_AnySeries_IsTheLargestNumber(double[] seeds, bool isSparse) => Agrees(
        seeds, isSparse, static pool => new ExtremeAccumulator(pool, Steps, isMax: true), static values =>
            values.All(double.IsNaN) ? double.NaN : values.Where(static value => !double.IsNaN(value)).Max());

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public bool Count_AnySeries_IsTheirNumber(double[] seeds, bool isSparse) => Agrees(
        seeds, isSparse, static pool => new CountAccumulator(pool, Steps, isGroup: false), static values => values.Count);

    [Test]
    public void Avg_SumWouldOverflow_IsTheMeanAllTheSame()
    {
        var pool = new ColumnPool(new QueryBudget(long.MaxValue, long.MaxValue));
        var accumulator = new AvgAccumulator(pool, new QueryBudget(long.MaxValue, long.MaxValue), 1);
        SeriesColumn column = pool.Rent(1);
        column.Set(0, double.MaxValue);
        accumulator.Add(column);
        accumulator.Add(column);
        accumulator.Add(column);
        accumulator.Finish(column);

        Assert.That(column.Values[0], Is.EqualTo(double.MaxValue).Within(1).Ulps);
    }

    private static bool Agrees(
        double[] seeds, bool isSparse, Func<ColumnPool, GroupAccumulator> create, Func<List<double>, double> expected)
    {
        var pool = new ColumnPool(new QueryBudget(long.MaxValue, long.MaxValue));
        GroupAccumulator accumulator = create(pool);
        var seen = new List<double>[Steps];
        for (int i = 0; i < seeds.Length; i++)
        {
            SeriesColumn column = pool.Rent(Steps);
            for (int step = 0; step < Steps; step++)
            {
                if (isSparse && (step + i) % 3 == 0)
                {
                    continue;
                }

                column.Set(step, seeds[i] * (step + 1));
                (seen[step] ??= []).Add(seeds[i] * (step + 1));
            }

            accumulator.Add(column);
            pool.Return(column);
        }

        SeriesColumn result = pool.Rent(Steps);
        accumulator.Finish(result);
        for (int step = 0; step < Steps; step++)
        {
            if (result.Presence[step] != (seen[step] is not null))
            {
                return false;
            }

            if (seen[step] is { } values
                && BitConverter.DoubleToInt64Bits(result.Values[step]) != BitConverter.DoubleToInt64Bits(expected(values))
                && !(double.IsNaN(result.Values[step]) && double.IsNaN(expected(values))))
            {
                return false;
            }
        }

        return true;
    }
}
