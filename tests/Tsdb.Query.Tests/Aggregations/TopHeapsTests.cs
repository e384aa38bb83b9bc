using Tsdb.Query.Aggregations;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Tests.Aggregations;

public sealed class TopHeapsTests
{
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Offer_AnyValues_KeepsTheBestWithNaNWorstAndEarlierOnesOfEqual(double[] values, byte limit, bool keepsLargest)
    {
        int k = limit % 10;
        var heaps = new TopHeaps(new QueryBudget(long.MaxValue, long.MaxValue), steps: 2, keepsLargest);
        for (int i = 0; i < values.Length; i++)
        {
            heaps.Offer(1, k, i, values[i]);
        }

        IEnumerable<double> kept = Enumerable.Range(0, heaps.CountAt(1)).Select(slot => heaps.ValueAt(1, slot));
        IEnumerable<double> best = values.OrderBy(static value => double.IsNaN(value))
            .ThenBy(value => keepsLargest ? -value : value)
            .Take(k);
        bool areIndexesRight = Enumerable.Range(0, heaps.CountAt(1)).All(slot =>
            values[heaps.SeriesAt(1, slot)].Equals(heaps.ValueAt(1, slot)));
        return heaps.CountAt(0) == 0 && areIndexesRight && kept.Order().SequenceEqual(best.Order());
    }
}
