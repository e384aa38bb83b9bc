using Tsdb.Query.Functions;

namespace Tsdb.Query.Tests.Functions;

public sealed class ExtremesTests
{
    private static readonly double[] Special = [double.NaN, 0.0, -0.0, double.PositiveInfinity, double.NegativeInfinity, 1, -1];

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool MaxAndMin_AnyValues_HaveTheBitsOfTheFirstBest(double first, double[] others, byte[] special)
    {
        double[] values = [first, .. others, .. special.Select(static i => Special[i % Special.Length]), .. others];

        return HasBitsOf(Extremes.Max(values), Best(values, static (value, best) => value > best))
            && HasBitsOf(Extremes.Min(values), Best(values, static (value, best) => value < best));
    }

    private static double Best(double[] values, Func<double, double, bool> isBetter) =>
        values.Aggregate((best, value) => isBetter(value, best) || double.IsNaN(best) ? value : best);

    private static bool HasBitsOf(double left, double right) =>
        BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right) || (double.IsNaN(left) && double.IsNaN(right));
}
