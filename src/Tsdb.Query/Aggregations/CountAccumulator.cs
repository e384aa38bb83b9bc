using Tsdb.Query.Operators;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Aggregations;

/// <summary><c>count</c>, and <c>group</c>, which is 1 where the count is not 0.</summary>
internal sealed class CountAccumulator : GroupAccumulator
{
    private readonly bool _isGroup;

    /// <summary>Creates the accumulator.</summary>
    public CountAccumulator(ColumnPool pool, int steps, bool isGroup)
        : base(pool, steps)
    {
        _isGroup = isGroup;
        Column.Values.Clear();
    }

    /// <inheritdoc/>
    public override void Add(SeriesColumn series)
    {
        PresenceBitmap added = series.Presence;
        Span<double> counts = Column.Values;
        for (int step = added.NextSet(0); step >= 0; step = added.NextSet(step + 1))
        {
            counts[step]++;
        }

        Column.Presence.UnionWith(added);
    }

    /// <inheritdoc/>
    public override void Finish(SeriesColumn result)
    {
        result.CopyFrom(Column);
        if (_isGroup)
        {
            result.Values.Fill(1);
        }
    }
}
