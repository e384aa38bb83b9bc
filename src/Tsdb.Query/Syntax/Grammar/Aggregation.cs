using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>Puts aggregations together.</summary>
internal static class Aggregation
{
    /// <summary>An aggregation, with its parameter told from the series aggregated.</summary>
    /// <exception cref="QuerySyntaxException">The number of arguments is wrong.</exception>
    public static Aggregate Create(Token name, AggregateGrouping? grouping, ArgumentsInParentheses arguments, int end)
    {
        var span = new TextSpan(name.Start, end);
        AggregateOperator op = AggregateOperator.Sum + (name.Kind - TokenKind.Sum); // the enumerations list them in one order
        int expected = TakesParameter(op) ? 2 : 1;
        int given = arguments.List.Length;
        if (given == 0)
            throw new QuerySyntaxException(name.Source, span, "no arguments for aggregate expression provided");
        if (given != expected)
        {
            throw new QuerySyntaxException(
                name.Source, span, $"wrong number of arguments for aggregate expression provided, expected {expected}, got {given}");
        }

        Expression? parameter = expected == 2 ? arguments.List[0] : null;
        return new Aggregate(span, op, arguments.List[^1], parameter, grouping?.Labels.Names ?? [], grouping?.Without ?? false);
    }

    private static bool TakesParameter(AggregateOperator op) => op is >= AggregateOperator.TopK;
}
