using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>A number known when the query is planned.</summary>
internal sealed class ConstantScalar : ScalarOperator
{
    /// <summary>Creates the operator.</summary>
    public ConstantScalar(StepGrid grid, double value)
        : base(grid) => Value = value;

    /// <summary>The number.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public override void Evaluate(Span<double> destination) => destination.Fill(Value);

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
