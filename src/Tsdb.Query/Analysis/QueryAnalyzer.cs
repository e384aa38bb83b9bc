using Tsdb.Query.Syntax;
using Tsdb.Query.Syntax.Text;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Analysis;

/// <summary>Finds what is wrong with a query that parses: unknown functions, wrong kinds and numbers of arguments, impossible matching.</summary>
public static class QueryAnalyzer
{
    /// <summary>Checks a query.</summary>
    /// <param name="query">The query text, for the position in the error.</param>
    /// <param name="expression">The tree of the query.</param>
    /// <param name="features">Which parts of the language are on.</param>
    /// <returns>What the query evaluates to.</returns>
    /// <exception cref="QuerySyntaxException">The query cannot be evaluated; the first mistake is told in Prometheus' words.</exception>
    public static ValueKind Check(string query, Expression expression, QueryFeatures features)
    {
        ArgumentNullException.ThrowIfNull(features);
        foreach (Expression node in TreeWalk.SelfAndDescendants(expression))
        {
            if (node is Call call && FunctionTable.Find(call.Function) is null)
            {
                var name = new TextSpan(call.Span.Start, call.Span.Start + call.Function.Length);
                throw new QuerySyntaxException(query, name, $"unknown function with name {QuotedText.Quote(call.Function)}");
            }
        }

        ValueKind kind = new KindChecker(query).Check(expression);
        foreach (Expression node in TreeWalk.SelfAndDescendants(expression))
        {
            if (FeatureRules.FindSwitchedOff(node, features) is { } off)
                throw new QuerySyntaxException(query, node.Span, $"{off} is switched off");
        }

        return kind;
    }
}
