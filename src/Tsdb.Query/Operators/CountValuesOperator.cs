using System.Text;
using Tsdb.Model.Labels;
using Tsdb.Query.Planning;
using Tsdb.Query.Results;

namespace Tsdb.Query.Operators;

/// <summary><c>count_values</c>: how many series of a group have each value, which becomes a label.</summary>
internal sealed class CountValuesOperator : VectorOperator
{
    private readonly VectorOperator _input;
    private readonly LabelProjection _grouping;
    private readonly byte[] _valueLabel;
    private readonly LabelTable<EvaluatedSeries> _counts = new();
    private readonly LabelSetBuilder _builder = new();
    private readonly LabelBuffer _key = new();
    private int _next = -1;

    /// <summary>Creates the operator over an input it owns.</summary>
    public CountValuesOperator(QueryContext context, VectorOperator input, LabelProjection grouping, string valueLabel)
        : base(context, input.Grid)
    {
        _input = input;
        _grouping = grouping;
        _valueLabel = Encoding.UTF8.GetBytes(valueLabel);
    }

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (_next < 0)
        {
            CountAll(series);
            _next = 0;
        }

        if (_next == _counts.Count)
        {
            return false;
        }

        series.CopyFrom(_counts.ValueAt(_next++));
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _input.Dispose();
        for (int i = 0; i < _counts.Count; i++)
        {
            _counts.ValueAt(i).Return(Context.Columns);
        }
    }

    private void CountAll(EvaluatedSeries series)
    {
        while (_input.MoveNext(series))
        {
            _grouping.Project(series.Labels.Span, _key);
            PresenceBitmap presence = series.Column.Presence;
            EvaluatedSeries? counts = null;
            long countedBits = 0;
            for (int step = presence.NextSet(0); step >= 0; step = presence.NextSet(step + 1))
            {
                long bits = BitConverter.DoubleToInt64Bits(series.Column.Values[step]);
                if (counts is null || bits != countedBits)
                {
                    counts = CountsOf(series.Column.Values[step], series.DropsName);
                    countedBits = bits;
                }

                counts.Column.Values[step]++;
                counts.Column.Presence.Set(step);
            }
        }
    }

    private EvaluatedSeries CountsOf(double value, bool dropsName)
    {
        Span<byte> text = stackalloc byte[PrometheusNumber.MaxLength];
        PrometheusNumber.TryFormat(value, text, out int length);
        _builder.Clear();
        ReadOnlySpan<byte> rest = _key.Span;
        while (!rest.IsEmpty)
        {
            LabelView label = CanonicalLabels.TakeFirst(ref rest);
            if (!label.Name.SequenceEqual(_valueLabel))
            {
                _builder.AddTrusted(label.Name, label.Value);
            }
        }

        _builder.AddTrusted(_valueLabel, text[..length]);
        _builder.TryBuildCanonical(out ReadOnlySpan<byte> canonical, out _);
        if (!_counts.TryGet(canonical, out EvaluatedSeries? counts))
        {
            counts = EvaluatedSeries.Rent(Context.Columns, Grid.Count);
            counts.Labels.Set(canonical);
            counts.Column.Values.Clear();
            _counts.Add(canonical, counts);
        }

        // A label the user names __name__ is a value like any other and stays.
        counts.DropsName |= dropsName && !_valueLabel.AsSpan().SequenceEqual(LabelNames.MetricNameUtf8);
        return counts;
    }
}
