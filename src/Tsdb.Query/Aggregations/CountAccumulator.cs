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
        Span<ulong> added = series.Presence.Words;
        Span<double> counts = Column.Values;
        for (int word = 0; word < added.Length; word++)
        {
            Span<double> part = counts.Slice(word * 64, Math.Min(64, counts.Length - (word * 64)));
            ulong bits = added[word];
            for (int i = 0; i < part.Length; i++)
            {
                part[i] += bits >> i & 1;
            }
        }

        Column.Presence.UnionWith(series.Presence);
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
