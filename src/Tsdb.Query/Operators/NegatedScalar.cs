namespace Tsdb.Query.Operators;

/// <summary>Unary minus of a scalar.</summary>
internal sealed class NegatedScalar : ScalarOperator
{
    private readonly ScalarOperator _operand;

    /// <summary>Creates the operator over a scalar it owns.</summary>
    public NegatedScalar(ScalarOperator operand)
        : base(operand.Grid) => _operand = operand;

    /// <inheritdoc/>
    public override void Evaluate(Span<double> destination)
    {
        _operand.Evaluate(destination);
        foreach (ref double value in destination)
        {
            value = -value;
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _operand.Dispose();
}
