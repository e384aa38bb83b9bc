using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary><c>sort</c> and its kin: orders the series of an instant query. A range query is always ordered by labels, so there it does nothing.</summary>
internal sealed class SortOperator : VectorOperator
{
    private readonly VectorOperator _input;
    private readonly Comparison<EvaluatedSeries> _order;
    private List<EvaluatedSeries>? _sorted;
    private int _next;

    /// <summary>Creates the operator over an input it owns.</summary>
    public SortOperator(QueryContext context, VectorOperator input, Comparison<EvaluatedSeries> order)
        : base(context, input.Grid)
    {
        _input = input;
        _order = order;
    }

    /// <inheritdoc/>
    public override bool MayRepeatLabels => _input.MayRepeatLabels;

    /// <inheritdoc/>
    public override bool IsOrdered => true;

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (Context.IsRangeQuery)
        {
            return _input.MoveNext(series);
        }

        if (_sorted is null)
        {
            _sorted = [];
            while (_input.MoveNext(series))
            {
                if (series.Column.Presence[0])
                {
                    _sorted.Add(series.Clone(Context.Columns));
                }
            }

            _sorted.Sort(_order);
        }

        if (_next == _sorted.Count)
        {
            return false;
        }

        series.CopyFrom(_sorted[_next++]);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _input.Dispose();
        _sorted?.ForEach(series => series.Return(Context.Columns));
    }
}
