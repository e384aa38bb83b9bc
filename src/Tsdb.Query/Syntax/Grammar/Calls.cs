using System.Collections.Immutable;
using Sprache;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>Function calls and aggregations: what follows their name.</summary>
internal static class Calls
{
    private static readonly Parser<Expression> Argument = Combinators.Nested(() => Expressions.Any);
    private static readonly Parser<Token> Close = Terminals.Token(TokenKind.RightParen);

    private static readonly Parser<Expression> ArgumentAfterComma =
        from comma in Terminals.Token(TokenKind.Comma)
        from argument in Argument.XOr(from close in Close select (Expression?)null)
        select argument ?? throw comma.Error("trailing commas not allowed in function call args");

    private static readonly Parser<ImmutableArray<Expression>> ArgumentList =
        from first in Argument
        from rest in ArgumentAfterComma.Repeated()
        select ImmutableArray.CreateRange(rest.Prepend(first));

    /// <summary>Arguments in parentheses.</summary>
    public static readonly Parser<ArgumentsInParentheses> Arguments = (
        from open in Terminals.Token(TokenKind.LeftParen)
        from list in ArgumentList.XOptional()
        from close in Close
        select new ArgumentsInParentheses(list.GetOrElse([]), close.End)).Named("arguments in parentheses");

    /// <summary><c>by (...)</c> or <c>without (...)</c>.</summary>
    public static readonly Parser<AggregateGrouping> Grouping = (
        from keyword in Terminals.Token(TokenKind.By, TokenKind.Without)
        from labels in LabelLists.Labels
        select new AggregateGrouping(labels, keyword.Kind == TokenKind.Without)).Named("by or without");

    /// <summary>What follows the name of a function.</summary>
    public static readonly Parser<Func<Token, Expression>> AfterFunction = (
        from arguments in Arguments
        select (Func<Token, Expression>)(name =>
            new Call(new TextSpan(name.Start, arguments.End), name.Text.ToString(), arguments.List))).Named("function call");

    /// <summary>What follows the name of an aggregation: the grouping may stand before or behind the arguments.</summary>
    public static readonly Parser<Func<Token, Expression>> AfterAggregation = (
        from grouping in Grouping
        from arguments in Arguments
        select (Func<Token, Expression>)(name => Aggregation.Create(name, grouping, arguments, arguments.End)))
        .XOr(
        from arguments in Arguments
        from grouping in Grouping.XOptional()
        select (Func<Token, Expression>)(name => Aggregation.Create(
            name, grouping.GetOrDefault(), arguments, grouping.IsDefined ? grouping.Get().Labels.Span.End : arguments.End)))
        .Named("aggregation");
}
