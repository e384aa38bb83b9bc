using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary><c>timestamp</c> of anything but a selector: the time of the step, in seconds, where there is a value.</summary>
internal sealed class StepTimeOperator : VectorOperator
{
    private readonly VectorOperator _input;

    /// <summary>Creates the operator over an input it owns.</summary>
    public StepTimeOperator(QueryContext context, VectorOperator input)
        : base(context, input.Grid) => _input = input;

    /// <inheritdoc/>
    public override bool MayRepeatLabels => _input.MayRepeatLabels;

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (!_input.MoveNext(series))
        {
            return false;
        }

        series.DropsName = true;
        for (int step = 0; step < Grid.Count; step++)
        {
            series.Column.Values[step] = Grid.TimeMs(step) / 1000.0;
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => _input.Dispose();
}
