using System.Buffers;
using Tsdb.Query.Functions;

namespace Tsdb.Query.Operators;

/// <summary>A binary operator between two scalars.</summary>
internal sealed class BinaryScalar : ScalarOperator
{
    private readonly ScalarOperator _left;
    private readonly ScalarOperator _right;
    private readonly BinaryKernel _kernel;

    /// <summary>Creates the operator over two scalars it owns; between scalars a comparison gives 0 or 1.</summary>
    public BinaryScalar(ScalarOperator left, ScalarOperator right, BinaryKernel kernel)
        : base(left.Grid)
    {
        _left = left;
        _right = right;
        _kernel = kernel;
    }

    /// <inheritdoc/>
    public override void Evaluate(Span<double> destination)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(destination.Length);
        Span<double> right = rented.AsSpan(0, destination.Length);
        _left.Evaluate(destination);
        _right.Evaluate(right);
        _kernel.Apply(destination, right, destination, default);
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
    }
}
