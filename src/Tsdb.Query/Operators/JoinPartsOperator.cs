using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>Joins the parts of a label set that came more than once, for consumers that need a whole series at a time.</summary>
internal sealed class JoinPartsOperator : VectorOperator
{
    private readonly VectorOperator _input;
    private readonly LabelTable<EvaluatedSeries> _series = new();
    private int _next = -1;

    /// <summary>Creates the operator over an input it owns.</summary>
    public JoinPartsOperator(QueryContext context, VectorOperator input)
        : base(context, input.Grid) => _input = input;

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (_next < 0)
        {
            ReadAll(series);
            _next = 0;
        }

        if (_next == _series.Count)
        {
            return false;
        }

        series.CopyFrom(_series.ValueAt(_next++));
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _input.Dispose();
        for (int i = 0; i < _series.Count; i++)
        {
            _series.ValueAt(i).Return(Context.Columns);
        }
    }

    private void ReadAll(EvaluatedSeries scratch)
    {
        while (_input.MoveNext(scratch))
        {
            int index = _series.IndexOf(scratch.Labels.Span);
            if (index < 0)
            {
                _series.Add(scratch.Labels.Span, scratch.Clone(Context.Columns));
                continue;
            }

            SeriesConflict.ThrowIfOverlapping(_series.ValueAt(index).Column.Presence, scratch.Column.Presence);
            _series.ValueAt(index).Column.Overlay(scratch.Column);
        }
    }
}
