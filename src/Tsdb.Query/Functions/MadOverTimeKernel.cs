using System.Buffers;

namespace Tsdb.Query.Functions;

/// <summary><c>mad_over_time</c>: the median of the distances from the median; NaN when any value is.</summary>
internal readonly struct MadOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        result = double.NaN;
        foreach (double value in window.Values)
        {
            if (double.IsNaN(value))
            {
                return true;
            }
        }

        double[] rented = ArrayPool<double>.Shared.Rent(window.Values.Length);
        Span<double> distances = rented.AsSpan(0, window.Values.Length);
        window.Values.CopyTo(distances);
        double median = Quantiles.Of(0.5, distances);
        for (int i = 0; i < distances.Length; i++)
        {
            distances[i] = Math.Abs(distances[i] - median);
        }

        result = Quantiles.Of(0.5, distances);
        ArrayPool<double>.Shared.Return(rented);
        return true;
    }
}
