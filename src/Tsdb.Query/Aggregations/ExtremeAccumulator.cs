using Tsdb.Query.Operators;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Aggregations;

/// <summary><c>min</c> and <c>max</c>: NaN only when every value is NaN.</summary>
internal sealed class ExtremeAccumulator : GroupAccumulator
{
    private readonly bool _isMax;

    /// <summary>Creates the accumulator.</summary>
    public ExtremeAccumulator(ColumnPool pool, int steps, bool isMax)
        : base(pool, steps) => _isMax = isMax;

    /// <inheritdoc/>
    public override void Add(SeriesColumn series)
    {
        PresenceBitmap seen = Column.Presence;
        PresenceBitmap added = series.Presence;
        Span<double> extremes = Column.Values;
        ReadOnlySpan<double> values = series.Values;
        for (int step = added.NextSet(0); step >= 0; step = added.NextSet(step + 1))
        {
            double value = values[step];
            if (!seen[step] || (_isMax ? value > extremes[step] : value < extremes[step]) || double.IsNaN(extremes[step]))
            {
                extremes[step] = value;
            }
        }

        seen.UnionWith(added);
    }

    /// <inheritdoc/>
    public override void Finish(SeriesColumn result) => result.CopyFrom(Column);
}
