using System.Collections.Immutable;

namespace Tsdb.Query.Syntax.Tree;

/// <summary>An aggregation over series, <c>sum by (job) (requests)</c>.</summary>
/// <param name="Span">Where the aggregation stands.</param>
/// <param name="Operator">What is computed for each group.</param>
/// <param name="Inner">The series aggregated.</param>
/// <param name="Parameter">The first argument of the operators that take one (<c>topk(5, ...)</c>); null otherwise.</param>
/// <param name="Grouping">The labels of <c>by</c> or <c>without</c>, in the order written.</param>
/// <param name="Without">True when <paramref name="Grouping"/> names the labels to drop instead of those to keep.</param>
public sealed record Aggregate(
    TextSpan Span,
    AggregateOperator Operator,
    Expression Inner,
    Expression? Parameter,
    ImmutableArray<string> Grouping,
    bool Without) : Expression(Span);
