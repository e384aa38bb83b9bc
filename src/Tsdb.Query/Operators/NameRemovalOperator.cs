using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>Takes the metric name off series that drop it at once, when the query does not delay that to its end.</summary>
internal sealed class NameRemovalOperator : VectorOperator
{
    private readonly VectorOperator _input;
    private readonly LabelBuffer _labels = new();
    private readonly LabelTable<ulong[]>? _seen; // at which steps each label set has a value, to refuse a second one

    /// <summary>Creates the operator over an input it owns.</summary>
    /// <param name="context">The query.</param>
    /// <param name="input">The series.</param>
    /// <param name="mayCollide">True when series may differ in their names alone.</param>
    public NameRemovalOperator(QueryContext context, VectorOperator input, bool mayCollide)
        : base(context, input.Grid)
    {
        _input = input;
        _seen = mayCollide ? new LabelTable<ulong[]>() : null;
    }

    /// <inheritdoc/>
    public override bool MayRepeatLabels => _seen is not null || _input.MayRepeatLabels;

    /// <inheritdoc/>
    public override bool IsOrdered => _input.IsOrdered;

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (!_input.MoveNext(series))
        {
            return false;
        }

        if (series.DropsName)
        {
            MetricName.Remove(series.Labels.Span, _labels);
            series.Labels.Set(_labels.Span);
            series.DropsName = false;
            if (_seen is not null)
            {
                RefuseSecondValue(_seen, series);
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => _input.Dispose();

    private void RefuseSecondValue(LabelTable<ulong[]> seen, EvaluatedSeries series)
    {
        if (!seen.TryGet(series.Labels.Span, out ulong[]? words))
        {
            words = new ulong[PresenceBitmap.WordCount(Grid.Count)];
            seen.Add(series.Labels.Span, words);
        }

        var taken = new PresenceBitmap(words, Grid.Count);
        SeriesConflict.ThrowIfOverlapping(taken, series.Column.Presence);
        taken.UnionWith(series.Column.Presence);
    }
}
