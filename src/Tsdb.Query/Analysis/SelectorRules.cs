using Tsdb.Model.Labels;
using Tsdb.Model.Matching;
using Tsdb.Query.Syntax.Text;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Analysis;

/// <summary>The rules for selectors.</summary>
internal static class SelectorRules
{
    /// <summary>What is wrong with a selector; null when nothing is.</summary>
    public static string? FindFault(VectorSelector selector)
    {
        if (selector.Name is { } name)
        {
            foreach (LabelMatcher matcher in selector.Matchers.AsSpan()[..^1]) // the last one is the name itself
            {
                if (matcher.Name == LabelNames.MetricName)
                    return $"metric name must not be set twice: {QuotedText.Quote(name)} or {QuotedText.Quote(matcher.Value)}";
            }

            return null;
        }

        // Otherwise a mistyped selector could select every series there is.
        return selector.Matchers.All(static matcher => matcher.MatchesEmpty) ? "vector selector must contain at least one non-empty matcher" : null;
    }
}
