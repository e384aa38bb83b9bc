using Tsdb.Model.Labels;

namespace Tsdb.Query.Operators;

/// <summary>The info series of one call of <c>info</c>, by metric, instance and job. Used by one thread.</summary>
internal sealed class InfoTable
{
    private static readonly LabelProjection Identity = new([LabelNames.MetricName, "instance", "job"], keepsListed: true);
    private static readonly LabelProjection Target = new(["instance", "job"], keepsListed: true);

    private readonly int _steps;
    private readonly LabelTable<InfoGroup> _groups = new();
    private readonly LabelTable<bool> _names = new();
    private readonly List<byte[]> _series = [];
    private readonly LabelBuffer _key = new();
    private readonly LabelBuffer _target = new();

    /// <summary>Creates an empty table for grids of a number of steps.</summary>
    public InfoTable(int steps) => _steps = steps;

    /// <summary>Adds an info series, whose values are the timestamps of its samples.</summary>
    /// <exception cref="Errors.QueryExecutionException">Two series of one metric, instance and job have a sample at the same time.</exception>
    public void Add(EvaluatedSeries series)
    {
        ReadOnlySpan<byte> labels = series.Labels.Span;
        ReadOnlySpan<byte> name = CanonicalLabels.ValueOf(labels, LabelNames.MetricNameUtf8);
        if (_names.IndexOf(name) < 0)
        {
            _names.Add(name, true);
        }

        Identity.Project(labels, _key);
        if (!_groups.TryGet(_key.Span, out InfoGroup? group))
        {
            group = new InfoGroup(_steps);
            _groups.Add(_key.Span, group);
        }

        _series.Add(labels.ToArray());
        int conflict = group.Offer(_series.Count - 1, series.Column);
        if (conflict >= 0)
        {
            throw new Errors.QueryExecutionException(
                $"found duplicate series for info metric: existing {Text(conflict)}, new {Text(_series.Count - 1)}");
        }
    }

    /// <summary>The groups of info series that describe a series: one a metric at most.</summary>
    public InfoGroup[] GroupsOf(ReadOnlySpan<byte> labels)
    {
        var groups = new List<InfoGroup>();
        Target.Project(labels, _target);
        for (int i = 0; i < _names.Count; i++)
        {
            _key.Clear();
            _key.Append(LabelNames.MetricNameUtf8, _names.LabelsAt(i));
            ReadOnlySpan<byte> rest = _target.Span;
            while (!rest.IsEmpty)
            {
                LabelView label = CanonicalLabels.TakeFirst(ref rest);
                _key.Append(label.Name, label.Value);
            }

            if (_groups.TryGet(_key.Span, out InfoGroup? group))
            {
                groups.Add(group);
            }
        }

        return [.. groups];
    }

    /// <summary>The labels of an info series.</summary>
    public ReadOnlySpan<byte> LabelsAt(int series) => _series[series];

    private string Text(int series) => LabelSet.FromTrusted(_series[series]).ToString();
}
