using Tsdb.LoadGenerator.Sending;

namespace Tsdb.LoadGenerator.Tests.Sending;

public sealed class LatencyHistogramTests
{
    [Test]
    public void Quantile_SmallValues_IsExact()
    {
        var histogram = new LatencyHistogram();
        for (int micros = 1; micros <= 100; micros++)
        {
            histogram.Add(micros);
        }

        Assert.That((histogram.Quantile(0.5), histogram.Quantile(0.99), histogram.Quantile(1)), Is.EqualTo((50L, 99L, 100L)));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Quantile_AnyValues_IsAtMostASixtyFourthAboveTheExactOne(uint[] values)
    {
        var histogram = new LatencyHistogram();
        foreach (uint micros in values)
        {
            histogram.Add(micros);
        }

        long exact = values.Order().Select(micros => (long)micros).ElementAtOrDefault(Math.Max(0, (int)Math.Ceiling(values.Length * 0.9) - 1));
        long quantile = histogram.Quantile(0.9);
        return quantile >= exact && quantile <= exact + (exact / 64);
    }

    [Test]
    public void Merge_TwoHistograms_CountsBoth()
    {
        var first = new LatencyHistogram();
        var second = new LatencyHistogram();
        first.Add(10);
        second.Add(long.MaxValue);
        first.Merge(second);
        Assert.That((first.Count, first.Quantile(0.5), first.MaxMicros), Is.EqualTo((2L, 10L, long.MaxValue)));
    }
}
