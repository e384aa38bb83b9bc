using System.Buffers;

namespace Tsdb.Query.Functions;

/// <summary><c>stdvar_over_time</c>: the population variance, by Welford's method with compensated sums.</summary>
internal readonly struct StdvarOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        double count = 0;
        var mean = default(CompensatedSum);
        var squares = default(CompensatedSum);
        foreach (double value in window.Values)
        {
            count++;
            double delta = value - (mean.Sum + mean.Compensation);
            mean.Add(delta / count);
            squares.Add(delta * (value - (mean.Sum + mean.Compensation)));
        }

        result = (squares.Sum + squares.Compensation) / count;
        return true;
    }
}

/// <summary><c>stddev_over_time</c>: the population standard deviation.</summary>
internal readonly struct StddevOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        StdvarOverTimeKernel.TryEvaluate(window, out double variance);
        result = Math.Sqrt(variance);
        return true;
    }
}


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
