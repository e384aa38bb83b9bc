using System.Text;
using Tsdb.Model.Labels;
using Tsdb.Query.Functions;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>Gathers the buckets of classic histograms: series that differ in nothing but <c>le</c>. Used by one thread; dispose it with its input.</summary>
internal sealed class ClassicHistograms : IDisposable
{
    private static readonly LabelProjection HistogramLabels = LabelProjection.Without([LabelNames.BucketUpperBound]);

    private readonly VectorOperator _input;
    private readonly string _position;
    private readonly LabelTable<List<BucketColumn>> _histograms = new();
    private readonly LabelBuffer _key = new();
    private bool _isGathered;
    private Bucket[] _buckets = [];

    /// <summary>Creates an empty collection.</summary>
    /// <param name="context">The query.</param>
    /// <param name="input">The buckets. Owned.</param>
    /// <param name="position">Where the buckets stand in the query, for warnings.</param>
    public ClassicHistograms(QueryContext context, VectorOperator input, string position)
    {
        Context = context;
        _input = input;
        _position = position;
    }

    /// <summary>The query.</summary>
    public QueryContext Context { get; }

    /// <summary>The steps of every histogram.</summary>
    public StepGrid Grid => _input.Grid;

    /// <summary>How many histograms there are, once gathered.</summary>
    public int Count => _histograms.Count;

    /// <summary>Reads every bucket, the first time it is called.</summary>
    /// <param name="scratch">A series to read into.</param>
    public void Gather(EvaluatedSeries scratch)
    {
        if (_isGathered)
        {
            return;
        }

        _isGathered = true;
        while (_input.MoveNext(scratch))
        {
            if (!scratch.Column.Presence.IsEmpty)
            {
                Add(scratch);
            }
        }
    }

    /// <summary>The labels of a histogram, without <c>le</c>.</summary>
    public ReadOnlySpan<byte> LabelsAt(int index) => _histograms.LabelsAt(index);

    /// <summary>The buckets a histogram has at a step, in no order; valid until the next call.</summary>
    public Span<Bucket> BucketsAt(int index, int step)
    {
        List<BucketColumn> columns = _histograms.ValueAt(index);
        if (_buckets.Length < columns.Count)
        {
            _buckets = new Bucket[columns.Count];
        }

        int count = 0;
        foreach (BucketColumn column in columns)
        {
            if (column.Counts.Presence[step])
            {
                _buckets[count++] = new Bucket(column.UpperBound, column.Counts.Values[step]);
            }
        }

        return _buckets.AsSpan(0, count);
    }

    /// <summary>The words that name a histogram in an annotation; empty when it has no metric name.</summary>
    public static string ForMetric(ReadOnlySpan<byte> labels)
    {
        ReadOnlySpan<byte> name = CanonicalLabels.ValueOf(labels, LabelNames.MetricNameUtf8);
        return name.IsEmpty ? "" : $" for metric name \"{Encoding.UTF8.GetString(name)}\"";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _input.Dispose();
        for (int i = 0; i < _histograms.Count; i++)
        {
            _histograms.ValueAt(i).ForEach(bucket => Context.Columns.Return(bucket.Counts));
        }
    }

    private void Add(EvaluatedSeries series)
    {
        ReadOnlySpan<byte> labels = series.Labels.Span;
        ReadOnlySpan<byte> le = CanonicalLabels.ValueOf(labels, "le"u8);
        if (!BucketBound.TryParse(le, out double bound))
        {
            Context.Annotations.Warn(
                $"bucket label \"le\" is missing or has a malformed value of \"{Encoding.UTF8.GetString(le)}\"{ForMetric(labels)}", _position);
            return;
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
