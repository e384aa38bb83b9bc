using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary><c>round</c>: the nearest multiple of a scalar, ties upward.</summary>
internal sealed class RoundOperator : VectorOperator
{
    private readonly VectorOperator _input;
    private readonly ScalarValues _toNearest;

    /// <summary>Creates the operator; it owns its input and its argument.</summary>
    public RoundOperator(QueryContext context, VectorOperator input, ScalarValues toNearest)
        : base(context, input.Grid)
    {
        _input = input;
        _toNearest = toNearest;
    }

    /// <inheritdoc/>
    public override bool MayRepeatLabels => _input.MayRepeatLabels;

    /// <inheritdoc/>
    public override bool IsOrdered => _input.IsOrdered;

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (!_input.MoveNext(series))
        {
            return false;
        }

        series.DropsName = true;
        Span<double> values = series.Column.Values;
        ReadOnlySpan<double> toNearest = _toNearest.Values;
        for (int step = 0; step < values.Length; step++)
        {
            // Multiplying by the inverse loses less than dividing: 0.1 has no exact double, 10 has.
            double inverse = 1 / toNearest[step];
            values[step] = Math.Floor((values[step] * inverse) + 0.5) / inverse;
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _input.Dispose();
        _toNearest.Dispose();
    }
}
