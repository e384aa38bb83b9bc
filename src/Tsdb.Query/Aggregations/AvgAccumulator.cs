using Tsdb.Query.Functions;
using Tsdb.Query.Operators;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Aggregations;

/// <summary><c>avg</c>: a <see cref="RunningMean"/> a step.</summary>
internal sealed class AvgAccumulator : GroupAccumulator
{
    private const int MeanBytes = 32;
    private readonly RunningMean[] _means;
    private readonly QueryBudget _budget;

    /// <summary>Creates the accumulator.</summary>
    public AvgAccumulator(ColumnPool pool, QueryBudget budget, int steps)
        : base(pool, steps)
    {
        _budget = budget;
        budget.Take(0, (long)steps * MeanBytes);
        _means = new RunningMean[steps];
    }

    /// <inheritdoc/>
    public override void Add(SeriesColumn series)
    {
        PresenceBitmap presence = series.Presence;
        ReadOnlySpan<double> values = series.Values;
        for (int step = presence.NextSet(0); step >= 0; step = presence.NextSet(step + 1))
        {
            _means[step].Add(values[step]);
        }

        Column.Presence.UnionWith(presence);
    }

    /// <inheritdoc/>
    public override void Finish(SeriesColumn result)
    {
        for (int step = 0; step < _means.Length; step++)
        {
            result.Values[step] = _means[step].Mean;
        }

        Column.Presence.Words.CopyTo(result.Presence.Words);
    }

    /// <inheritdoc/>
    public override void Return()
    {
        _budget.Give(0, (long)_means.Length * MeanBytes);
        base.Return();
    }
}
