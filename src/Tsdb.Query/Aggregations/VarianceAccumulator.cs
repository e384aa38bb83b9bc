using Tsdb.Query.Operators;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Aggregations;

/// <summary><c>stdvar</c> and <c>stddev</c>: the population variance a step, by Welford's method.</summary>
internal sealed class VarianceAccumulator : GroupAccumulator
{
    private readonly bool _isDeviation;
    private readonly SeriesColumn _counts;
    private readonly SeriesColumn _squares; // sums of squared distances from the mean, which the base column holds

    /// <summary>Creates the accumulator.</summary>
    public VarianceAccumulator(ColumnPool pool, int steps, bool isDeviation)
        : base(pool, steps)
    {
        _isDeviation = isDeviation;
        _counts = pool.Rent(steps);
        _squares = pool.Rent(steps);
        Column.Values.Clear();
        _counts.Values.Clear();
        _squares.Values.Clear();
    }

    /// <inheritdoc/>
    public override void Add(SeriesColumn series)
    {
        PresenceBitmap added = series.Presence;
        ReadOnlySpan<double> values = series.Values;
        Span<double> means = Column.Values;
        Span<double> counts = _counts.Values;
        Span<double> squares = _squares.Values;
        for (int step = added.NextSet(0); step >= 0; step = added.NextSet(step + 1))
        {
            counts[step]++;
            double delta = values[step] - means[step];
            means[step] += delta / counts[step];
            squares[step] += delta * (values[step] - means[step]);
        }

        Column.Presence.UnionWith(added);
    }

    /// <inheritdoc/>
    public override void Finish(SeriesColumn result)
    {
        for (int step = 0; step < Column.Steps; step++)
        {
            double variance = _squares.Values[step] / _counts.Values[step];
            result.Values[step] = _isDeviation ? Math.Sqrt(variance) : variance;
        }

        Column.Presence.Words.CopyTo(result.Presence.Words);
    }

    /// <inheritdoc/>
    public override void Return()
    {
        Pool.Return(_counts);
        Pool.Return(_squares);
        base.Return();
    }
}
