using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary><c>clamp</c>, <c>clamp_min</c> and <c>clamp_max</c>: holds values between bounds; nothing at steps whose bounds cross.</summary>
internal sealed class ClampOperator : VectorOperator
{
    private readonly VectorOperator _input;
    private readonly ScalarValues? _min;
    private readonly ScalarValues? _max;

    /// <summary>Creates the operator; a null bound does not hold. It owns its input and its bounds.</summary>
    public ClampOperator(QueryContext context, VectorOperator input, ScalarValues? min, ScalarValues? max)
        : base(context, input.Grid)
    {
        _input = input;
        _min = min;
        _max = max;
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
        if (_max is not null)
        {
            ReadOnlySpan<double> max = _max.Values;
            for (int step = 0; step < values.Length; step++)
            {
                values[step] = Math.Min(max[step], values[step]);
            }
        }

        if (_min is not null)
        {
            ReadOnlySpan<double> min = _min.Values;
            for (int step = 0; step < values.Length; step++)
            {
                values[step] = Math.Max(min[step], values[step]);
            }
        }

        if (_min is not null && _max is not null)
        {
            RemoveCrossed(_min.Values, _max.Values, series.Column.Presence);
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _input.Dispose();
        _min?.Dispose();
        _max?.Dispose();
    }

    private static void RemoveCrossed(ReadOnlySpan<double> min, ReadOnlySpan<double> max, PresenceBitmap presence)
    {
        for (int step = 0; step < min.Length; step++)
        {
            if (max[step] < min[step])
            {
                presence.Unset(step);
            }
        }
    }
}
