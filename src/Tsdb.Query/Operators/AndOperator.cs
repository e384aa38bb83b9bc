using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary><c>and</c> and <c>unless</c>: the left series at the steps where the right side has, or has not, a series with the same key.</summary>
internal sealed class AndOperator : VectorOperator
{
    private readonly VectorOperator _left;
    private readonly VectorOperator _right;
    private readonly PresenceTable _table;
    private readonly bool _isUnless;
    private bool _isLoaded;

    /// <summary>Creates the operator; it owns both operands.</summary>
    public AndOperator(QueryContext context, VectorOperator left, VectorOperator right, MatchRule rule, bool isUnless)
        : base(context, left.Grid)
    {
        _left = left;
        _right = right;
        _table = new PresenceTable(context, rule, left.Grid.Count);
        _isUnless = isUnless;
    }

    /// <inheritdoc/>
    public override bool MayRepeatLabels => _left.MayRepeatLabels;

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (!_isLoaded)
        {
            _table.AddAll(_right);
            _isLoaded = true;
        }

        if (!_left.MoveNext(series))
        {
            return false;
        }

        if (_isUnless)
        {
            _table.Subtract(series);
        }
        else
        {
            _table.Intersect(series);
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
    }
}
