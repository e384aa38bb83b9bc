using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary><c>or</c>: the left series, then the right series at the steps where the left side has none with the same key.</summary>
internal sealed class OrOperator : VectorOperator
{
    private readonly VectorOperator _left;
    private readonly VectorOperator _right;
    private readonly PresenceTable _table;
    private bool _isLeftDone;

    /// <summary>Creates the operator; it owns both operands.</summary>
    public OrOperator(QueryContext context, VectorOperator left, VectorOperator right, MatchRule rule)
        : base(context, left.Grid)
    {
        _left = left;
        _right = right;
        _table = new PresenceTable(context, rule, left.Grid.Count);
    }

    /// <inheritdoc/>
    public override bool MayRepeatLabels => true;

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (!_isLeftDone)
        {
            if (_left.MoveNext(series))
            {
                _table.Add(series);
                return true;
            }

            _isLeftDone = true;
        }

        if (!_right.MoveNext(series))
        {
            return false;
        }

        _table.Subtract(series);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
    }
}
