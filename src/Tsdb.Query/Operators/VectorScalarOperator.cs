using Tsdb.Query.Functions;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>A binary operator between each series of a vector and a scalar. Works in its consumer's column.</summary>
internal sealed class VectorScalarOperator : VectorOperator
{
    private readonly VectorOperator _vector;
    private readonly ScalarValues _scalar;
    private readonly BinaryKernel _kernel;
    private readonly bool _isScalarLeft;
    private readonly bool _dropsName;

    /// <summary>Creates the operator; it owns both operands.</summary>
    public VectorScalarOperator(
        QueryContext context, VectorOperator vector, ScalarValues scalar, BinaryKernel kernel, bool isScalarLeft, bool dropsName)
        : base(context, vector.Grid)
    {
        _vector = vector;
        _scalar = scalar;
        _kernel = kernel;
        _isScalarLeft = isScalarLeft;
        _dropsName = dropsName;
    }

    /// <inheritdoc/>
    public override bool MayRepeatLabels => _vector.MayRepeatLabels;

    /// <inheritdoc/>
    public override bool IsOrdered => _vector.IsOrdered;

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (!_vector.MoveNext(series))
        {
            return false;
        }

        series.DropsName |= _dropsName;
        Span<double> values = series.Column.Values;
        ReadOnlySpan<double> scalar = _scalar.Values;
        _kernel.Apply(_isScalarLeft ? scalar : values, _isScalarLeft ? values : scalar, values, series.Column.Presence);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _vector.Dispose();
        _scalar.Dispose();
    }
}
