using System.Buffers;
using Tsdb.Query.Operators;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Functions;

/// <summary><c>quantile_over_time</c>; the quantile is the first parameter.</summary>
internal sealed class QuantileOverTimeFunction : RangeFunction
{
    private readonly QueryContext _context;
    private readonly string _position;

    /// <summary>Creates the function; the position is that of the quantile, for the warning about impossible ones.</summary>
    public QuantileOverTimeFunction(QueryContext context, string position)
    {
        _context = context;
        _position = position;
    }

    /// <inheritdoc/>
    public override void Evaluate(RangeSeries series, WindowGrid windows, in ScalarArguments parameters, SeriesColumn output)
    {
        _context.Annotations.WarnAboutQuantiles(parameters.First, _position);
        ReadOnlySpan<double> values = series.Samples.Values;
        double[] sorted = ArrayPool<double>.Shared.Rent(values.Length);
        for (int step = 0; step < output.Steps; step++)
        {
            ReadOnlySpan<double> window = values[series.Bounds.First[step]..series.Bounds.End[step]];
            if (!window.IsEmpty)
            {
                window.CopyTo(sorted);
                output.Set(step, Quantiles.Of(parameters.First[step], sorted.AsSpan(0, window.Length)));
            }
        }

        ArrayPool<double>.Shared.Return(sorted);
    }
}
