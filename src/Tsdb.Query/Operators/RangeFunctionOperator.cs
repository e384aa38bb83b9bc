using Tsdb.Query.Functions;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>A function of a range vector, such as <c>rate</c>: each step's window becomes one value.</summary>
internal sealed class RangeFunctionOperator : VectorOperator
{
    private readonly RangeOperator _input;
    private readonly RangeFunction _function;
    private readonly ScalarValues? _first;
    private readonly ScalarValues? _second;
    private readonly bool _keepsName;
    private readonly CounterNames? _counterNames;
    private readonly RangeSeries _range;

    /// <summary>Creates the operator; it owns its input and its arguments.</summary>
    public RangeFunctionOperator(
        QueryContext context, RangeOperator input, RangeFunction function, ScalarValues? first, ScalarValues? second, RangeFunctionTraits traits)
        : base(context, input.Windows.Grid)
    {
        _input = input;
        _function = function;
        _first = first;
        _second = second;
        _keepsName = traits.KeepsName;
        _counterNames = traits.CounterPosition is { } position ? new CounterNames(context.Annotations, position) : null;
        _range = new RangeSeries(context, input.Windows);
    }

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (!_input.MoveNext(_range))
        {
            return false;
        }

        series.Labels.Set(_range.Labels.Span);
        series.DropsName = _range.DropsName || !_keepsName;
        series.Column.Presence.Clear();
        var arguments = new ScalarArguments
        {
            First = _first is null ? [] : _first.Values,
            Second = _second is null ? [] : _second.Values,
        };
        _function.Evaluate(_range, _input.Windows, arguments, series.Column);
        if (_counterNames is not null && !series.Column.Presence.IsEmpty)
        {
            _counterNames.Check(series.Labels.Span);
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _input.Dispose();
        _range.Dispose();
        _first?.Dispose();
        _second?.Dispose();
    }
}
