using Tsdb.Query.Aggregations;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary><c>limitk</c>: at each step the first k series of a group, in the order they come.</summary>
internal sealed class LimitKOperator : VectorOperator
{
    private readonly VectorOperator _input;
    private readonly LabelProjection _grouping;
    private readonly ScalarValues _k;
    private readonly LabelTable<int[]> _counts = new(); // series kept so far at each step, by group
    private readonly LabelBuffer _key = new();
    private long[]? _limits; // k of each step

    /// <summary>Creates the operator; it owns its input and its parameter.</summary>
    public LimitKOperator(QueryContext context, VectorOperator input, LabelProjection grouping, ScalarValues k)
        : base(context, input.Grid)
    {
        _input = input;
        _grouping = grouping;
        _k = k;
    }

    /// <inheritdoc/>
    public override bool MayRepeatLabels => _input.MayRepeatLabels;

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        _limits ??= SeriesCount.OfEach(_k.Values);
        if (!_input.MoveNext(series))
        {
            return false;
        }

        _grouping.Project(series.Labels.Span, _key);
        if (!_counts.TryGet(_key.Span, out int[]? counts))
        {
            counts = new int[Grid.Count];
            _counts.Add(_key.Span, counts);
        }

        PresenceBitmap presence = series.Column.Presence;
        for (int step = presence.NextSet(0); step >= 0; step = presence.NextSet(step + 1))
        {
            if (counts[step] < _limits[step])
            {
                counts[step]++;
            }
            else
            {
                presence.Unset(step);
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _input.Dispose();
        _k.Dispose();
    }
}
