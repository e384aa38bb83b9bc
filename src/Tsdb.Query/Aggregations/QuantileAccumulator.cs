using System.Buffers;
using Tsdb.Query.Functions;
using Tsdb.Query.Operators;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Aggregations;

/// <summary><c>quantile</c>: keeps every value of the group until the end, as an exact quantile must.</summary>
internal sealed class QuantileAccumulator : GroupAccumulator
{
    private readonly ScalarValues _quantile;
    private readonly List<SeriesColumn> _series = [];

    /// <summary>Creates the accumulator; the quantile is the aggregation's and only read.</summary>
    public QuantileAccumulator(ColumnPool pool, int steps, ScalarValues quantile)
        : base(pool, steps) => _quantile = quantile;

    /// <inheritdoc/>
    public override void Add(SeriesColumn series)
    {
        SeriesColumn copy = Pool.Rent(series.Steps);
        copy.CopyFrom(series);
        _series.Add(copy);
        Column.Presence.UnionWith(series.Presence);
    }

    /// <inheritdoc/>
    public override void Finish(SeriesColumn result)
    {
        double[] values = ArrayPool<double>.Shared.Rent(_series.Count);
        ReadOnlySpan<double> quantile = _quantile.Values;
        PresenceBitmap presence = Column.Presence;
        for (int step = presence.NextSet(0); step >= 0; step = presence.NextSet(step + 1))
        {
            int count = 0;
            foreach (SeriesColumn column in _series)
            {
                if (column.Presence[step])
                {
                    values[count++] = column.Values[step];
                }
            }

            result.Values[step] = Quantiles.Of(quantile[step], values.AsSpan(0, count));
        }

        ArrayPool<double>.Shared.Return(values);
        presence.Words.CopyTo(result.Presence.Words);
    }

    /// <inheritdoc/>
    public override void Return()
    {
        _series.ForEach(Pool.Return);
        base.Return();
    }
}
