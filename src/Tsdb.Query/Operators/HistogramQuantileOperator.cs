using System.Text;
using Tsdb.Model.Labels;
using Tsdb.Query.Functions;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary><c>histogram_quantile</c> of classic histograms: gathers the buckets of each, then interpolates step by step.</summary>
internal sealed class HistogramQuantileOperator : VectorOperator
{
    private static readonly LabelProjection HistogramLabels = LabelProjection.Without([LabelNames.BucketUpperBound]);

    private readonly VectorOperator _input;
    private readonly ScalarValues _quantile;
    private readonly HistogramQuantilePositions _positions;
    private readonly LabelTable<List<BucketColumn>> _histograms = new();
    private readonly LabelBuffer _key = new();
    private int _next = -1;

    /// <summary>Creates the operator; it owns its input and its parameter.</summary>
    public HistogramQuantileOperator(
        QueryContext context, VectorOperator input, ScalarValues quantile, HistogramQuantilePositions positions)
        : base(context, input.Grid)
    {
        _input = input;
        _quantile = quantile;
        _positions = positions;
    }

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (_next < 0)
        {
            Context.Annotations.WarnAboutQuantiles(_quantile.Values, _positions.Quantile);
            GatherBuckets(series);
            _next = 0;
        }

        if (_next == _histograms.Count)
        {
            return false;
        }

        series.Labels.Set(_histograms.LabelsAt(_next));
        series.DropsName = true;
        Interpolate(_histograms.ValueAt(_next++), series);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _input.Dispose();
        _quantile.Dispose();
        for (int i = 0; i < _histograms.Count; i++)
        {
            _histograms.ValueAt(i).ForEach(bucket => Context.Columns.Return(bucket.Counts));
        }
    }

    private void GatherBuckets(EvaluatedSeries series)
    {
        while (_input.MoveNext(series))
        {
            if (series.Column.Presence.IsEmpty)
            {
                continue;
            }

            ReadOnlySpan<byte> labels = series.Labels.Span;
            ReadOnlySpan<byte> le = CanonicalLabels.ValueOf(labels, "le"u8);
            if (!BucketBound.TryParse(le, out double bound))
            {
                Context.Annotations.Warn(
                    $"bucket label \"le\" is missing or has a malformed value of \"{Encoding.UTF8.GetString(le)}\"{ForMetric(labels)}",
                    _positions.Buckets);
                continue;
            }

            HistogramLabels.Project(labels, _key);
            if (!_histograms.TryGet(_key.Span, out List<BucketColumn>? buckets))
            {
                buckets = [];
                _histograms.Add(_key.Span, buckets);
            }

            SeriesColumn counts = Context.Columns.Rent(Grid.Count);
            counts.CopyFrom(series.Column);
            buckets.Add(new BucketColumn(bound, counts));
        }
    }

    private void Interpolate(List<BucketColumn> columns, EvaluatedSeries series)
    {
        series.Column.Presence.Clear();
        bool isForced = false;
        Bucket[] buckets = new Bucket[columns.Count];
        for (int step = 0; step < Grid.Count; step++)
        {
            int count = 0;
            foreach (BucketColumn column in columns)
            {
                if (column.Counts.Presence[step])
                {
                    buckets[count++] = new Bucket(column.UpperBound, column.Counts.Values[step]);
                }
            }

            if (count > 0)
            {
                series.Column.Set(step, BucketQuantile.Of(_quantile.Values[step], buckets.AsSpan(0, count), ref isForced));
            }
        }

        if (isForced)
        {
            Context.Annotations.Inform(
                "input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/" +
                $"querying/functions/#histogram_quantile){ForMetric(series.Labels.Span)}", _positions.Buckets);
        }
    }

    private static string ForMetric(ReadOnlySpan<byte> labels)
    {
        ReadOnlySpan<byte> name = CanonicalLabels.ValueOf(labels, LabelNames.MetricNameUtf8);
        return name.IsEmpty ? "" : $" for metric name \"{Encoding.UTF8.GetString(name)}\"";
    }

    private readonly record struct BucketColumn(double UpperBound, SeriesColumn Counts);
}
