using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>Repeats at every step what a scalar expression that does not depend on the step gave once.</summary>
internal sealed class StepInvariantScalar : ScalarOperator
{
    private readonly ScalarOperator _inner;

    /// <summary>Creates the operator over an expression on a grid of one step, which it owns.</summary>
    public StepInvariantScalar(ScalarOperator inner, StepGrid grid)
        : base(grid) => _inner = inner;

    /// <inheritdoc/>
    public override void Evaluate(Span<double> destination)
    {
        Span<double> once = stackalloc double[1];
        _inner.Evaluate(once);
        destination.Fill(once[0]);
    }

    /// <inheritdoc/>
    public override void Dispose() => _inner.Dispose();
}
