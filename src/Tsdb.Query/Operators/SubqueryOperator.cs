using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>A subquery: the values an expression has on a grid of its own are the samples of each step's window.</summary>
internal sealed class SubqueryOperator : RangeOperator
{
    private readonly QueryContext _context;
    private readonly VectorOperator _inner;
    private readonly EvaluatedSeries _current;

    /// <summary>Creates a subquery.</summary>
    /// <param name="context">The query.</param>
    /// <param name="inner">The expression on its own grid, whose steps are multiples of the subquery's step in absolute time. Owned.</param>
    /// <param name="windows">Each outer step's window.</param>
    public SubqueryOperator(QueryContext context, VectorOperator inner, WindowGrid windows)
        : base(windows)
    {
        _context = context;
        _inner = inner.MayRepeatLabels ? new JoinPartsOperator(context, inner) : inner;
        _current = EvaluatedSeries.Rent(context.Columns, inner.Grid.Count);
    }

    /// <inheritdoc/>
    public override bool MoveNext(RangeSeries series)
    {
        do
        {
            if (!_inner.MoveNext(_current))
            {
                return false;
            }

            series.Samples.Load(_current.Column, _inner.Grid);
        }
        while (series.Samples.Count == 0);

        series.Labels.Set(_current.Labels.Span);
        series.DropsName = _current.DropsName;
        series.Bounds.Update(series.Samples);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _inner.Dispose();
        _current.Return(_context.Columns);
    }
}
