using Tsdb.Query.Aggregations;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>An aggregation whose result is one series a group: series are the outer loop, steps the inner one.</summary>
internal sealed class GroupingOperator : VectorOperator
{
    private readonly VectorOperator _input;
    private readonly LabelProjection _grouping;
    private readonly Func<GroupAccumulator> _newGroup;
    private readonly ScalarValues? _parameter;
    private readonly LabelTable<Group> _groups = new();
    private readonly LabelBuffer _key = new();
    private int _next = -1;

    /// <summary>Creates the operator; it owns its input and its parameter.</summary>
    public GroupingOperator(
        QueryContext context, VectorOperator input, LabelProjection grouping, Func<GroupAccumulator> newGroup, ScalarValues? parameter)
        : base(context, input.Grid)
    {
        _input = input;
        _grouping = grouping;
        _newGroup = newGroup;
        _parameter = parameter;
    }

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (_next < 0)
        {
            Accumulate(series);
            _next = 0;
        }

        if (_next == _groups.Count)
        {
            return false;
        }

        Group group = _groups.ValueAt(_next);
        series.Labels.Set(_groups.LabelsAt(_next++));
        series.DropsName = group.DropsName;
        group.Accumulator.Finish(series.Column);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _input.Dispose();
        _parameter?.Dispose();
        for (int i = 0; i < _groups.Count; i++)
        {
            _groups.ValueAt(i).Accumulator.Return();
        }
    }

    private void Accumulate(EvaluatedSeries series)
    {
        while (_input.MoveNext(series))
        {
            if (series.Column.Presence.IsEmpty)
            {
                continue;
            }

            _grouping.Project(series.Labels.Span, _key);
            if (!_groups.TryGet(_key.Span, out Group? group))
            {
                group = new Group(_newGroup());
                _groups.Add(_key.Span, group);
            }

            group.DropsName |= series.DropsName;
            group.Accumulator.Add(series.Column);
        }
    }

    private sealed class Group(GroupAccumulator accumulator)
    {
        public GroupAccumulator Accumulator { get; } = accumulator;

        public bool DropsName { get; set; }
    }
}
