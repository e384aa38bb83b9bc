using System.Text;
using Tsdb.Model.Labels;
using Tsdb.Model.Matching;
using Tsdb.Query.Operators;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Planning;

/// <summary>Which info series a call of <c>info</c> takes labels from, and which labels. Used by one thread.</summary>
/// <remarks>
/// The second argument of the call is no selector but a list of conditions: those on the name choose the info metrics (without any,
/// <c>target_info</c>; with negative ones only, what else ends in <c>_info</c>), the others name the labels wanted.
/// </remarks>
internal sealed class InfoSource
{
    /// <summary>More values than this are not listed in a matcher: matching would cost more than it saves.</summary>
    private const int MaxListedValues = 500;

    private static readonly string[] IdentifyingLabels = ["instance", "job"];

    private readonly QueryPlanner _planner;
    private readonly Expression _argument;
    private readonly StepGrid _grid;
    private readonly List<LabelMatcher> _names;
    private readonly List<LabelMatcher> _labels;
    private readonly HashSet<string>[] _values = [.. IdentifyingLabels.Select(static _ => new HashSet<string>(StringComparer.Ordinal))];

    /// <summary>Reads the conditions of a call.</summary>
    public InfoSource(QueryPlanner planner, Call call, StepGrid grid)
    {
        _planner = planner;
        _argument = call.Arguments[0];
        _grid = grid;
        IReadOnlyList<LabelMatcher> conditions = call.Arguments.Length > 1 ? ((VectorSelector)call.Arguments[1]).Matchers : [];
        _names = [.. conditions.Where(static condition => condition.Name == LabelNames.MetricName)];
        _labels = [.. conditions.Where(static condition => condition.Name != LabelNames.MetricName)];
        if (_names.Count == 0)
        {
            _names.Add(new LabelMatcher(Model.Matching.MatchType.Equal, LabelNames.MetricName, "target_info"));
        }
        else if (_names.TrueForAll(static name => name.Type is Model.Matching.MatchType.NotEqual or Model.Matching.MatchType.NotMatches))
        {
            _names.Add(new LabelMatcher(Model.Matching.MatchType.Matches, LabelNames.MetricName, ".+_info"));
        }
    }

    /// <summary>True when series without an info series are left out, because a condition asks for a label that is not empty.</summary>
    public bool NeedsInfo => !_labels.TrueForAll(static condition => condition.MatchesEmpty);

    /// <summary>Says whether a label of the info series is wanted: without conditions all are.</summary>
    public bool Includes(string label) => _labels.Count == 0 || _labels.Exists(condition => condition.Name == label);

    /// <summary>Says whether a series is one of an info metric.</summary>
    public bool IsInfoSeries(ReadOnlySpan<byte> labels)
    {
        foreach (LabelMatcher name in _names)
        {
            if (!name.Matches(CanonicalLabels.ValueOf(labels, LabelNames.MetricNameUtf8)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Notes that info series for the instance and job of a series are wanted.</summary>
    public void Want(ReadOnlySpan<byte> labels)
    {
        for (int i = 0; i < IdentifyingLabels.Length; i++)
        {
            ReadOnlySpan<byte> value = CanonicalLabels.ValueOf(labels, Encoding.UTF8.GetBytes(IdentifyingLabels[i]));
            if (!value.IsEmpty)
            {
                _values[i].Add(Encoding.UTF8.GetString(value));
            }
        }
    }

    /// <summary>Opens the info series wanted so far; their values are the timestamps of their samples. The caller disposes them.</summary>
    public VectorOperator Open()
    {
        if (Array.TrueForAll(_values, static values => values.Count == 0))
        {
            return new EmptyOperator(_planner.Context, _grid);
        }

        List<LabelMatcher> matchers = [.. _names, .. _labels];
        for (int i = 0; i < IdentifyingLabels.Length; i++)
        {
            if (_values[i].Count is > 0 and <= MaxListedValues)
            {
                string anyOf = string.Join('|', _values[i].Select(static value => $"(?:{RegexText.Quote(value)})"));
                matchers.Add(new LabelMatcher(Model.Matching.MatchType.Matches, IdentifyingLabels[i], anyOf));
            }
        }

        return _planner.InfoSeries(_argument, matchers, _grid);
    }
}
