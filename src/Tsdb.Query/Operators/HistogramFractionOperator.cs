using Tsdb.Query.Functions;

namespace Tsdb.Query.Operators;

/// <summary><c>histogram_fraction</c> of classic histograms: which share of the observations lies between two bounds.</summary>
internal sealed class HistogramFractionOperator : VectorOperator
{
    private readonly ClassicHistograms _histograms;
    private readonly ScalarValues _lower;
    private readonly ScalarValues _upper;
    private int _next;

    /// <summary>Creates the operator; it owns the histograms and the bounds.</summary>
    public HistogramFractionOperator(ClassicHistograms histograms, ScalarValues lower, ScalarValues upper)
        : base(histograms.Context, histograms.Grid)
    {
        _histograms = histograms;
        _lower = lower;
        _upper = upper;
    }

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        _histograms.Gather(series);
        if (_next == _histograms.Count)
        {
            return false;
        }

        series.Labels.Set(_histograms.LabelsAt(_next));
        series.DropsName = true;
        series.Column.Presence.Clear();
        for (int step = 0; step < Grid.Count; step++)
        {
            Span<Bucket> buckets = _histograms.BucketsAt(_next, step);
            if (!buckets.IsEmpty)
            {
                series.Column.Set(step, BucketFraction.Of(_lower.Values[step], _upper.Values[step], buckets));
            }
        }

        _next++;
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _histograms.Dispose();
        _lower.Dispose();
        _upper.Dispose();
    }
}
