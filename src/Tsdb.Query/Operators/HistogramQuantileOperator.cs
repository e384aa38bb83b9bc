using System.Text;
using Tsdb.Model.Labels;
using Tsdb.Query.Errors;
using Tsdb.Query.Functions;

namespace Tsdb.Query.Operators;

/// <summary><c>histogram_quantile</c> and <c>histogram_quantiles</c> of classic histograms, interpolated step by step.</summary>
internal sealed class HistogramQuantileOperator : VectorOperator
{
    private readonly ClassicHistograms _histograms;
    private readonly IReadOnlyList<QuantileArgument> _quantiles;
    private readonly byte[]? _label;
    private readonly string _position;
    private readonly LabelSetBuilder _builder = new();
    private readonly List<Part> _parts = [];
    private int _part;
    private int _histogram = -1;

    /// <summary>Creates the operator; it owns the histograms and the quantiles.</summary>
    /// <param name="histograms">The histograms.</param>
    /// <param name="quantiles">The quantiles; one only without a label.</param>
    /// <param name="label">The label that tells the quantile; null for none.</param>
    /// <param name="position">Where infos about the histograms point.</param>
    public HistogramQuantileOperator(
        ClassicHistograms histograms, IReadOnlyList<QuantileArgument> quantiles, string? label, string position)
        : base(histograms.Context, histograms.Grid)
    {
        _histograms = histograms;
        _quantiles = quantiles;
        _label = label is null ? null : Encoding.UTF8.GetBytes(label);
        _position = position;
        if (label is { Length: 0 })
        {
            throw new QueryExecutionException("invalid label name \"\" in histogram_quantiles()");
        }
    }

    /// <inheritdoc/>
    public override bool MayRepeatLabels => _label is not null;

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (_histogram < 0)
        {
            Prepare(series);
            _histogram = 0;
        }

        if (_histogram == _histograms.Count)
        {
            _histogram = 0;
            _part++;
        }

        if (_part >= _parts.Count || _histograms.Count == 0)
        {
            return false;
        }

        Evaluate(_parts[_part], _histogram++, series);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _histograms.Dispose();
        foreach (QuantileArgument quantile in _quantiles)
        {
            quantile.Values.Dispose();
        }
    }

    // With a label, each distinct quantile is a series of its own, even when an argument changes from step to step.
    private void Prepare(EvaluatedSeries scratch)
    {
        foreach (QuantileArgument quantile in _quantiles)
        {
            Context.Annotations.WarnAboutQuantiles(quantile.Values.Values, quantile.Position);
            if (_label is null)
            {
                _parts.Add(new Part(quantile, null));
                continue;
            }

            var distinct = new HashSet<long>();
            foreach (double value in quantile.Values.Values)
            {
                if (distinct.Add(BitConverter.DoubleToInt64Bits(value)))
                {
                    _parts.Add(new Part(quantile, value));
                }
            }
        }

        _histograms.Gather(scratch);
    }

    private void Evaluate(Part part, int histogram, EvaluatedSeries series)
    {
        ReadOnlySpan<byte> labels = _histograms.LabelsAt(histogram);
        series.Labels.Set(part.Only is { } only ? WithQuantile(labels, only) : labels);
        series.DropsName = true;
        series.Column.Presence.Clear();
        ReadOnlySpan<double> quantiles = part.Quantile.Values.Values;
        bool isForced = false;
        for (int step = 0; step < Grid.Count; step++)
        {
            Span<Bucket> buckets = _histograms.BucketsAt(histogram, step);
            if (!buckets.IsEmpty && (part.Only is not { } wanted || wanted.Equals(quantiles[step])))
            {
                series.Column.Set(step, BucketQuantile.Of(quantiles[step], buckets, ref isForced));
            }
        }

        if (isForced)
        {
            Context.Annotations.Inform(
                "input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/" +
                $"querying/functions/#histogram_quantile){ClassicHistograms.ForMetric(labels)}", _position);
        }
    }

    private ReadOnlySpan<byte> WithQuantile(ReadOnlySpan<byte> labels, double quantile)
    {
        _builder.Clear();
        while (!labels.IsEmpty)
        {
            LabelView label = CanonicalLabels.TakeFirst(ref labels);
            if (!label.Name.SequenceEqual(_label))
            {
                _builder.AddTrusted(label.Name, label.Value);
            }
        }

        _builder.AddTrusted(_label!, Encoding.UTF8.GetBytes(Quantiles.LabelFor(quantile)));
        _builder.TryBuildCanonical(out ReadOnlySpan<byte> canonical, out _);
        return canonical;
    }

    // A quantile, at the steps where it is Only when that is given.
    private readonly record struct Part(QuantileArgument Quantile, double? Only);
}
