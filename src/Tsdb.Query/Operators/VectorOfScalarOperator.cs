using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary><c>vector(s)</c>: one series without labels.</summary>
internal sealed class VectorOfScalarOperator : VectorOperator
{
    private readonly ScalarOperator _scalar;
    private bool _isDone;

    /// <summary>Creates the operator over a scalar it owns.</summary>
    public VectorOfScalarOperator(QueryContext context, ScalarOperator scalar)
        : base(context, scalar.Grid) => _scalar = scalar;

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (_isDone)
        {
            return false;
        }

        _isDone = true;
        series.Labels.Clear();
        series.DropsName = false;
        _scalar.Evaluate(series.Column.Values);
        series.Column.Presence.Fill();
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => _scalar.Dispose();
}
