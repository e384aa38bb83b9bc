using System.Collections.Immutable;
using Sprache;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>Function calls and aggregations: what follows their name.</summary>
internal static class Calls
{
    private static readonly Parser<Expression> Argument = Combinators.Nested(() => Expressions.Any);
    private static readonly Parser<Expression?> ArgumentOrEnd = Combinators.FirstOf(Argument, Terminals.RightParen.Return((Expression?)null));

    private static readonly Parser<Expression> ArgumentAfterComma =
        from comma in Terminals.Comma
        from argument in ArgumentOrEnd
        select argument ?? throw comma.Error("trailing commas not allowed in function call args");

    private static readonly Parser<IReadOnlyList<Expression>> FurtherArguments = ArgumentAfterComma.Repeated();

    private static readonly Parser<ImmutableArray<Expression>> ArgumentList =
        from first in Argument
        from rest in FurtherArguments
        select ImmutableArray.CreateRange(rest.Prepend(first));

    private static readonly Parser<IOption<ImmutableArray<Expression>>> OptionalArguments = ArgumentList.XOptional();

    /// <summary>Arguments in parentheses.</summary>
    public static readonly Parser<ArgumentsInParentheses> Arguments = (
        from open in Terminals.LeftParen
        from list in OptionalArguments
        from close in Terminals.RightParen
        select new ArgumentsInParentheses(list.GetOrElse([]), close.End)).Named("arguments in parentheses", TokenKind.LeftParen);

    /// <summary><c>by (...)</c> or <c>without (...)</c>.</summary>
    public static readonly Parser<AggregateGrouping> Grouping = (
        from keyword in Terminals.Token(TokenKind.By, TokenKind.Without)
        from labels in LabelLists.Labels
        select new AggregateGrouping(labels, keyword.Kind == TokenKind.Without)).Named("by or without", TokenKind.By, TokenKind.Without);

    private static readonly Parser<IOption<AggregateGrouping>> OptionalGrouping = Grouping.XOptional();

    /// <summary>What follows the name of a function.</summary>
    public static readonly Parser<Func<Token, Expression>> AfterFunction = (
        from arguments in Arguments
        select (Func<Token, Expression>)(name =>
            new Call(new TextSpan(name.Start, arguments.End), name.Text.ToString(), arguments.List))).Named("function call", TokenKind.LeftParen);

    /// <summary>What follows the name of an aggregation: the grouping, then the arguments.</summary>
    public static readonly Parser<Func<Token, Expression>> GroupingFirst = (
        from grouping in Grouping
        from arguments in Arguments
        select (Func<Token, Expression>)(name => Aggregation.Create(name, grouping, arguments, arguments.End)))
        .Named("aggregation", TokenKind.By, TokenKind.Without);

    /// <summary>What follows the name of an aggregation: the arguments, then the grouping, which may be missing.</summary>
    public static readonly Parser<Func<Token, Expression>> ArgumentsFirst = (
        from arguments in Arguments
        from grouping in OptionalGrouping
        select (Func<Token, Expression>)(name => Aggregation.Create(
            name, grouping.GetOrDefault(), arguments, grouping.IsDefined ? grouping.Get().Labels.Span.End : arguments.End)))
        .Named("aggregation", TokenKind.LeftParen);
}
