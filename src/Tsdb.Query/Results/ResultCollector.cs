using Tsdb.Model.Labels;
using Tsdb.Query.Operators;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Results;

/// <summary>Runs a plan to its end and collects the series of the result, dropping metric names where the query does.</summary>
internal sealed class ResultCollector
{
    private readonly QueryContext _context;
    private readonly LabelTable<EvaluatedSeries> _series = new();
    private readonly LabelBuffer _labels = new();

    /// <summary>Creates a collector without series.</summary>
    public ResultCollector(QueryContext context) => _context = context;

    /// <summary>Collects every series that has a value, in the order the plan gives them or sorted by labels.</summary>
    /// <exception cref="Errors.QueryExecutionException">Two series come to have the same labels and a value at the same step.</exception>
    public List<ResultSeries> Collect(VectorOperator plan)
    {
        var scratch = EvaluatedSeries.Rent(_context.Columns, plan.Grid.Count);
        while (plan.MoveNext(scratch))
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            if (!scratch.Column.Presence.IsEmpty)
            {
                Add(scratch);
            }
        }

        scratch.Return(_context.Columns);
        var results = new List<ResultSeries>(_series.Count);
        for (int i = 0; i < _series.Count; i++)
        {
            results.Add(new ResultSeries(LabelSet.FromTrusted(_series.LabelsAt(i)), _series.ValueAt(i).Column, plan.Grid));
        }

        if (_context.IsRangeQuery || !plan.IsOrdered)
        {
            results.Sort(static (left, right) => left.Labels.CompareTo(right.Labels));
        }

        return results;
    }

    /// <summary>Collects the raw samples of the window of a plan's only step, sorted by labels.</summary>
    public List<ResultSeries> CollectSamples(RangeOperator plan)
    {
        var results = new List<ResultSeries>();
        using var scratch = new RangeSeries(_context, plan.Windows);
        while (plan.MoveNext(scratch))
        {
            int first = scratch.Bounds.First[0];
            int end = scratch.Bounds.End[0];
            if (first == end)
            {
                continue;
            }

            _context.Budget.Take(end - first, (end - first) * (long)(sizeof(long) + sizeof(double)));
            results.Add(new ResultSeries(
                LabelSet.FromTrusted(FinalLabels(scratch.Labels.Span, scratch.DropsName)),
                scratch.Samples.TimestampsNs[first..end].ToArray(),
                scratch.Samples.Values[first..end].ToArray()));
        }

        results.Sort(static (left, right) => left.Labels.CompareTo(right.Labels));
        return results;
    }

    private void Add(EvaluatedSeries series)
    {
        ReadOnlySpan<byte> labels = FinalLabels(series.Labels.Span, series.DropsName);
        if (!_series.TryGet(labels, out EvaluatedSeries? existing))
        {
            _series.Add(labels, series.Clone(_context.Columns));
            return;
        }

        SeriesConflict.ThrowIfOverlapping(existing.Column.Presence, series.Column.Presence);
        existing.Column.Overlay(series.Column);
    }

    private ReadOnlySpan<byte> FinalLabels(ReadOnlySpan<byte> labels, bool dropsName)
    {
        if (!dropsName)
        {
            return labels;
        }

        MetricName.Remove(labels, _labels);
        return _labels.Span;
    }
}
