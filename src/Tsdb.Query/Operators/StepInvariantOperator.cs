using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>Repeats at every step what an expression that does not depend on the step gave once.</summary>
internal sealed class StepInvariantOperator : VectorOperator
{
    private readonly VectorOperator _inner;
    private readonly EvaluatedSeries _once;

    /// <summary>Creates the operator.</summary>
    /// <param name="context">The query.</param>
    /// <param name="inner">The expression on a grid of one step. Owned.</param>
    /// <param name="grid">The steps to repeat it at.</param>
    public StepInvariantOperator(QueryContext context, VectorOperator inner, StepGrid grid)
        : base(context, grid)
    {
        _inner = inner;
        _once = EvaluatedSeries.Rent(context.Columns, 1);
    }

    /// <inheritdoc/>
    public override bool MayRepeatLabels => _inner.MayRepeatLabels;

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (!_inner.MoveNext(_once))
        {
            return false;
        }

        series.Labels.Set(_once.Labels.Span);
        series.DropsName = _once.DropsName;
        if (_once.Column.Presence[0])
        {
            series.Column.Values.Fill(_once.Column.Values[0]);
            series.Column.Presence.Fill();
        }
        else
        {
            series.Column.Presence.Clear();
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _inner.Dispose();
        _once.Return(Context.Columns);
    }
}
