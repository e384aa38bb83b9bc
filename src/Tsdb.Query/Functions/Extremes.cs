using System.Numerics;
using System.Runtime.InteropServices;

namespace Tsdb.Query.Functions;

/// <summary>The largest and the smallest of many values: NaN only when every value is NaN.</summary>
internal static class Extremes
{
    private const int FewestForVectors = 16; // below, setting up costs more than it saves

    /// <summary>The largest value; of equal zeros the first.</summary>
    public static double Max(ReadOnlySpan<double> values)
    {
        if (values.Length >= FewestForVectors)
        {
            ReadOnlySpan<Vector<double>> lanes = MemoryMarshal.Cast<double, Vector<double>>(values);
            var best = new Vector<double>(double.NegativeInfinity);
            foreach (Vector<double> lane in lanes)
            {
                best = Vector.ConditionalSelect(Vector.GreaterThan(lane, best), lane, best); // a NaN is greater than nothing
            }

            double result = double.NegativeInfinity;
            for (int i = 0; i < Vector<double>.Count; i++)
            {
                result = Math.Max(result, best[i]);
            }

            result = MaxFrom(result, values[(lanes.Length * Vector<double>.Count)..]);

            // Lanes lose the order of -0 and 0, and whether there was any number at all.
            if (result != 0 && !double.IsNegativeInfinity(result))
            {
                return result;
            }
        }

        return MaxFrom(values[0], values);
    }

    /// <summary>The smallest value; of equal zeros the first.</summary>
    public static double Min(ReadOnlySpan<double> values)
    {
        if (values.Length >= FewestForVectors)
        {
            ReadOnlySpan<Vector<double>> lanes = MemoryMarshal.Cast<double, Vector<double>>(values);
            var best = new Vector<double>(double.PositiveInfinity);
            foreach (Vector<double> lane in lanes)
            {
                best = Vector.ConditionalSelect(Vector.LessThan(lane, best), lane, best);
            }

            double result = double.PositiveInfinity;
            for (int i = 0; i < Vector<double>.Count; i++)
            {
                result = Math.Min(result, best[i]);
            }

            result = MinFrom(result, values[(lanes.Length * Vector<double>.Count)..]);
            if (result != 0 && !double.IsPositiveInfinity(result))
            {
                return result;
            }
        }

        return MinFrom(values[0], values);
    }

    private static double MaxFrom(double result, ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (value > result || double.IsNaN(result))
            {
                result = value;
            }
        }

        return result;
    }

    private static double MinFrom(double result, ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (value < result || double.IsNaN(result))
            {
                result = value;
            }
        }

        return result;
    }
}
