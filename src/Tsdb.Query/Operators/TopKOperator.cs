using Tsdb.Query.Aggregations;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary><c>topk</c> and <c>bottomk</c>: at each step the k series of a group with the largest or smallest values, under their own labels.</summary>
internal sealed class TopKOperator : VectorOperator
{
    private readonly VectorOperator _input;
    private readonly LabelProjection _grouping;
    private readonly ScalarValues _k;
    private readonly bool _keepsLargest;
    private readonly LabelTable<TopHeaps> _groups = new();
    private readonly List<Candidate> _candidates = []; // series that some step kept when it saw them
    private readonly LabelBuffer _key = new();
    private KeptSamples? _kept;
    private int _next;

    /// <summary>Creates the operator; it owns its input and its parameter.</summary>
    public TopKOperator(QueryContext context, VectorOperator input, LabelProjection grouping, ScalarValues k, bool keepsLargest)
        : base(context, input.Grid)
    {
        _input = input;
        _grouping = grouping;
        _k = k;
        _keepsLargest = keepsLargest;
    }

    /// <inheritdoc/>
    public override bool MayRepeatLabels => _input.MayRepeatLabels;

    /// <inheritdoc/>
    public override bool IsOrdered => true;

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (_kept is null)
        {
            SelectAll(series);
            _kept = KeptSamples.Of(_groups, _candidates, Grid.Count);
            _candidates.RemoveAll(static candidate => !candidate.IsKept);
            _candidates.Sort(Compare);
        }

        if (_next == _candidates.Count)
        {
            return false;
        }

        Candidate next = _candidates[_next++];
        series.Labels.Set(next.Labels);
        series.DropsName = next.DropsName;
        _kept.Write(next, series.Column);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _input.Dispose();
        _k.Dispose();
        for (int i = 0; i < _groups.Count; i++)
        {
            _groups.ValueAt(i).Return();
        }
    }

    private void SelectAll(EvaluatedSeries series)
    {
        long[] k = SeriesCount.OfEach(_k.Values);
        while (_input.MoveNext(series))
        {
            _grouping.Project(series.Labels.Span, _key);
            if (!_groups.TryGet(_key.Span, out TopHeaps? heaps))
            {
                heaps = new TopHeaps(Context.Budget, Grid.Count, _keepsLargest);
                _groups.Add(_key.Span, heaps);
            }

            PresenceBitmap presence = series.Column.Presence;
            bool isKept = false;
            for (int step = presence.NextSet(0); step >= 0; step = presence.NextSet(step + 1))
            {
                isKept |= heaps.Offer(step, k[step], _candidates.Count, series.Column.Values[step]);
            }

            if (isKept)
            {
                _candidates.Add(new Candidate(series.Labels.Span.ToArray(), series.DropsName, _groups.IndexOf(_key.Span), _candidates.Count));
            }
        }
    }

    // Groups in order of arrival; within the group of an instant query the best series first, NaN last, of equal ones the earlier.
    private int Compare(Candidate left, Candidate right)
    {
        if (left.Group != right.Group)
        {
            return left.Group - right.Group;
        }

        double l = _kept!.FirstValueOf(left);
        double r = _kept.FirstValueOf(right);
        int order = double.IsNaN(l) || double.IsNaN(r) ? double.IsNaN(l).CompareTo(double.IsNaN(r))
            : _keepsLargest ? r.CompareTo(l)
            : l.CompareTo(r);
        return order != 0 ? order : left.Arrival - right.Arrival;
    }
}
