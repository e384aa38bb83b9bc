using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>A function of native histograms, such as <c>histogram_count</c>: floats are passed over, so of them nothing is left.</summary>
internal sealed class FloatsIgnoredOperator : VectorOperator
{
    private readonly VectorOperator _input;

    /// <summary>Creates the operator over an input it owns.</summary>
    public FloatsIgnoredOperator(QueryContext context, VectorOperator input)
        : base(context, input.Grid) => _input = input;

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        bool isMore = _input.MoveNext(series);
        if (isMore)
        {
            series.Column.Presence.Clear();
        }

        return isMore;
    }

    /// <inheritdoc/>
    public override void Dispose() => _input.Dispose();
}
