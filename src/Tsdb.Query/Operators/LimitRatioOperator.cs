using Tsdb.Query.Errors;
using Tsdb.Query.Functions;
using Tsdb.Query.Planning;
using Tsdb.Query.Results;

namespace Tsdb.Query.Operators;

/// <summary><c>limit_ratio</c>: a share of the series, chosen by a hash of their labels; a negative ratio chooses the complement.</summary>
internal sealed class LimitRatioOperator : VectorOperator
{
    private readonly VectorOperator _input;
    private readonly ScalarValues _ratio;
    private readonly string _position;
    private bool _isChecked;

    /// <summary>Creates the operator; it owns its input and its parameter, whose position in the query is for the warning.</summary>
    public LimitRatioOperator(QueryContext context, VectorOperator input, ScalarValues ratio, string position)
        : base(context, input.Grid)
    {
        _input = input;
        _ratio = ratio;
        _position = position;
    }

    /// <inheritdoc/>
    public override bool MayRepeatLabels => _input.MayRepeatLabels;

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        CheckRatios();
        if (!_input.MoveNext(series))
        {
            return false;
        }

        double place = LabelHash.UnitOf(series.Labels.Span);
        ReadOnlySpan<double> ratios = _ratio.Values;
        PresenceBitmap presence = series.Column.Presence;
        for (int step = presence.NextSet(0); step >= 0; step = presence.NextSet(step + 1))
        {
            double ratio = Math.Clamp(ratios[step], -1, 1);
            bool isChosen = ratio >= 0 ? place < ratio : place >= 1 + ratio;
            if (!isChosen)
            {
                presence.Unset(step);
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _input.Dispose();
        _ratio.Dispose();
    }

    private void CheckRatios()
    {
        if (_isChecked)
        {
            return;
        }

        _isChecked = true;
        foreach (double ratio in _ratio.Values)
        {
            if (double.IsNaN(ratio))
            {
                throw new QueryExecutionException("Ratio value is NaN");
            }

            if (Math.Abs(ratio) > 1)
            {
                string text = $"ratio value should be between -1 and 1, got {PrometheusNumber.ToText(ratio)}, capping to {Math.Sign(ratio)}";
                Context.Annotations.Warn(text, _position);
            }
        }
    }
}
