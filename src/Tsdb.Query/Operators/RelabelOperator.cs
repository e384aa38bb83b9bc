using Tsdb.Query.Functions;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary><c>label_replace</c> and <c>label_join</c>: changes one label of every series.</summary>
internal sealed class RelabelOperator : VectorOperator
{
    private readonly VectorOperator _input;
    private readonly LabelRule _rule;
    private readonly LabelTable<ulong[]> _results = new(); // at which steps each label set has a value, to refuse a second one

    /// <summary>Creates the operator over an input it owns.</summary>
    public RelabelOperator(QueryContext context, VectorOperator input, LabelRule rule)
        : base(context, input.Grid)
    {
        _input = input;
        _rule = rule;
    }

    /// <inheritdoc/>
    public override bool MayRepeatLabels => true;

    /// <inheritdoc/>
    public override bool IsOrdered => _input.IsOrdered;

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (!_input.MoveNext(series))
        {
            return false;
        }

        if (_rule.TryApply(series.Labels) && _rule.SetsMetricName)
        {
            series.DropsName = false;
        }

        RefuseSecondValue(series);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => _input.Dispose();

    private void RefuseSecondValue(EvaluatedSeries series)
    {
        if (!_results.TryGet(series.Labels.Span, out ulong[]? words))
        {
            words = new ulong[PresenceBitmap.WordCount(Grid.Count)];
            _results.Add(series.Labels.Span, words);
        }

        var seen = new PresenceBitmap(words, Grid.Count);
        SeriesConflict.ThrowIfOverlapping(seen, series.Column.Presence);
        seen.UnionWith(series.Column.Presence);
    }
}
