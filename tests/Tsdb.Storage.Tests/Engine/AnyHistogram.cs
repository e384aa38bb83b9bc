using Tsdb.Model.Histograms;

namespace Tsdb.Storage.Tests.Engine;

/// <summary>Histograms for tests, told apart by a number.</summary>
internal static class AnyHistogram
{
    /// <summary>An integer histogram for an even number, a float one for an odd.</summary>
    public static NativeHistogram Of(int number) => number % 2 == 0 ? IntegerOf(number) : IntegerOf(number).ToFloat();

    private static IntegerHistogram IntegerOf(int number) => new()
    {
        Schema = 3,
        ResetHint = CounterResetHint.NotReset,
        ZeroThreshold = 1e-128,
        Sum = number * 1.5,
        Count = (ulong)number + 15,
        ZeroCount = 1,
        PositiveSpans = new[] { new HistogramSpan(-2, 3), new HistogramSpan(1, 1) },
        PositiveCounts = new ulong[] { 2, (ulong)number, 4, 5 },
        NegativeSpans = new[] { new HistogramSpan(7, 1) },
        NegativeCounts = new[] { 3UL },
    };
}
