using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>A vector without any series.</summary>
internal sealed class EmptyOperator : VectorOperator
{
    /// <summary>Creates the operator.</summary>
    public EmptyOperator(QueryContext context, StepGrid grid)
        : base(context, grid)
    {
    }

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series) => false;

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
