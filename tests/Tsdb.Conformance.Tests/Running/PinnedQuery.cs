using Tsdb.Query.Syntax;
using Tsdb.Query.Syntax.Printing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Conformance.Tests.Running;

/// <summary>Pins a query to one time by <c>@</c>, after which it must give the same result at any other time.</summary>
internal static class PinnedQuery
{
    private static readonly HashSet<string> TimeDependent =
    [
        "days_in_month", "day_of_month", "day_of_week", "day_of_year", "hour", "minute", "month", "year", "predict_linear", "time", "timestamp",
        "start", "end", "range", "step",
    ];

    /// <summary>The query with <c>@</c> on every selector and subquery that has none; null when it depends on the time all the same.</summary>
    public static string? Of(string query, long timestampMs)
    {
        bool isPinnable = true;
        Expression pinned = Pin(PromQlParser.Parse(query), new AtModifier(AtPoint.Timestamp, timestampMs), ref isPinnable);
        return isPinnable ? ExpressionPrinter.Print(pinned) : null;
    }

    private static Expression Pin(Expression expression, AtModifier at, ref bool isPinnable)
    {
        switch (expression)
        {
            case VectorSelector selector:
                return selector with { At = selector.At ?? at };
            case MatrixSelector matrix:
                return matrix with { Selector = matrix.Selector with { At = matrix.Selector.At ?? at } };
            case Subquery subquery:
                Pin(subquery.Inner, at, ref isPinnable);
                return subquery with { At = subquery.At ?? at };
            case Paren paren:
                return paren with { Inner = Pin(paren.Inner, at, ref isPinnable) };
            case Unary unary:
                return unary with { Operand = Pin(unary.Operand, at, ref isPinnable) };
            case Binary binary:
                return binary with { Left = Pin(binary.Left, at, ref isPinnable), Right = Pin(binary.Right, at, ref isPinnable) };
            case Aggregate aggregate:
                return aggregate with
                {
                    Inner = Pin(aggregate.Inner, at, ref isPinnable),
                    Parameter = aggregate.Parameter is null ? null : Pin(aggregate.Parameter, at, ref isPinnable),
                };
            case Call call:
                isPinnable &= !TimeDependent.Contains(call.Function);
                var arguments = new List<Expression>();
                foreach (Expression argument in call.Arguments)
                {
                    arguments.Add(Pin(argument, at, ref isPinnable));
                }

                return call with { Arguments = [.. arguments] };
            default:
                return expression;
        }
    }
}
