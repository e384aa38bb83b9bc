using Tsdb.Model.Samples;

namespace Tsdb.Conformance.Tests.Comparing;

/// <summary>The equality of floats that scripts assume: a relative difference below one in a million.</summary>
internal static class FloatComparer
{
    private const double Tolerance = 1e-6;
    private const double SmallestNormal = 2.2250738585072014e-308;

    public static bool AreEqual(double left, double right)
    {
        if (StalenessMarker.Is(left) || StalenessMarker.Is(right))
        {
            return StalenessMarker.Is(left) && StalenessMarker.Is(right);
        }

        if (left.Equals(right) || left == right)
        {
            return true;
        }

        double difference = Math.Abs(left - right);
        double sum = Math.Abs(left) + Math.Abs(right);
        return left == 0 || right == 0 || sum < SmallestNormal
            ? difference < Tolerance * SmallestNormal
            : difference / Math.Min(sum, double.MaxValue) < Tolerance;
    }
}
