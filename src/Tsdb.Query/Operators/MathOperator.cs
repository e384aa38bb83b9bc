using Tsdb.Query.Functions;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>A function of each value, such as <c>abs</c>. Works in its consumer's column.</summary>
internal sealed class MathOperator<TFunction> : VectorOperator
    where TFunction : struct, IMathFunction
{
    private readonly VectorOperator _input;

    /// <summary>Creates the operator over an input it owns.</summary>
    public MathOperator(QueryContext context, VectorOperator input)
        : base(context, input.Grid) => _input = input;

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
        foreach (ref double value in series.Column.Values)
        {
            value = TFunction.Apply(value);
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => _input.Dispose();
}
