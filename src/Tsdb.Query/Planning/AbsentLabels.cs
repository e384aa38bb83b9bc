using Tsdb.Model.Labels;
using Tsdb.Model.Matching;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Planning;

/// <summary>The labels <c>absent</c> gives its result: those its selector asks for by equality, each with one value only.</summary>
internal static class AbsentLabels
{
    /// <summary>The labels for an argument of <c>absent</c> or <c>absent_over_time</c>; none unless it is a selector.</summary>
    public static LabelSet Of(Expression argument)
    {
        VectorSelector? selector = Parentheses.Unwrap(argument) switch
        {
            VectorSelector vector => vector,
            MatrixSelector matrix => matrix.Selector,
            _ => null,
        };
        var builder = new LabelSetBuilder();
        IEnumerable<IGrouping<string, LabelMatcher>> byName = (selector?.Matchers ?? []).GroupBy(static matcher => matcher.Name);
        foreach (IGrouping<string, LabelMatcher> matchers in byName.Where(static matchers => matchers.Key != LabelNames.MetricName))
        {
            if (matchers.Count() == 1 && matchers.Single().Type == Model.Matching.MatchType.Equal)
            {
                builder.Add(matchers.Key, matchers.Single().Value);
            }
        }

        return builder.Build();
    }
}
