using Tsdb.Query.Errors;
using Tsdb.Query.Functions;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Operators;

/// <summary>Makes the result of two matched series, and refuses a second result for the same labels at the same step.</summary>
internal sealed class MatchCombiner
{
    private readonly MatchRule _rule;
    private readonly BinaryKernel _kernel;
    private readonly bool _dropsName;
    private readonly int _steps;
    private readonly LabelBuffer _key = new();
    private readonly LabelTable<ulong[]> _results = new(); // at which steps each result has a value

    /// <summary>Creates a combiner for grids of a number of steps.</summary>
    public MatchCombiner(MatchRule rule, BinaryKernel kernel, bool dropsName, int steps)
    {
        _rule = rule;
        _kernel = kernel;
        _dropsName = dropsName;
        _steps = steps;
    }

    /// <summary>Writes labels and values of a result whose presence says at which steps both sides have a value.</summary>
    public void Combine(in MatchedSeries many, in MatchedSeries one, EvaluatedSeries result)
    {
        // Before the operator, which may be a filter: an ambiguous match is one also where the filter hides it.
        _rule.WriteResult(many.Labels, one.Labels, result.Labels);
        RefuseSecondMatch(many.Labels, result);
        result.DropsName = _dropsName || many.DropsName;
        ReadOnlySpan<double> left = _rule.IsOneLeft ? one.Values : many.Values;
        ReadOnlySpan<double> right = _rule.IsOneLeft ? many.Values : one.Values;
        _kernel.Apply(left, right, result.Column.Values, result.Column.Presence);
    }

    private void RefuseSecondMatch(ReadOnlySpan<byte> manyLabels, EvaluatedSeries result)
    {
        bool isOneToOne = _rule.Cardinality == MatchCardinality.OneToOne;
        if (!isOneToOne && !_rule.IncludesLabels)
        {
            return; // results keep the labels of the "many" side, which are unique already
        }

        _rule.WriteKey(manyLabels, _key);
        ReadOnlySpan<byte> identity = isOneToOne ? _key.Span : result.Labels.Span;
        if (!_results.TryGet(identity, out ulong[]? words))
        {
            words = new ulong[PresenceBitmap.WordCount(_steps)];
            _results.Add(identity, words);
        }

        var seen = new PresenceBitmap(words, _steps);
        if (seen.Overlaps(result.Column.Presence))
        {
            throw new QueryExecutionException(isOneToOne
                ? "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)"
                : "multiple matches for labels: grouping labels must ensure unique matches");
        }

        seen.UnionWith(result.Column.Presence);
    }
}
