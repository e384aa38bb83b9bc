using Sprache;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>What may follow an operand: ranges, subqueries, <c>offset</c>, <c>@</c>, <c>anchored</c> and <c>smoothed</c>.</summary>
internal static class Modifiers
{
    private const string DurationForms = "number, duration, step(), or range()";
    private const string StepForms = "number, duration, step(), range(), or \"]\"";

    private static readonly Parser<Duration> Range = Durations.Positive.Within("subquery or range selector", DurationForms);
    private static readonly Parser<IOption<Duration>> Step = Durations.Positive.XOptional().Within("subquery selector", StepForms);
    private static readonly Parser<Token> CloseAfterStep = Terminals.RightBracket.Within("subquery selector", "\"]\"");
    private static readonly Parser<Token> CloseWithoutStep = Terminals.RightBracket.Within("subquery selector", StepForms);
    private static readonly Parser<Duration> OffsetDuration = Durations.SignedOperand.Within("offset", DurationForms);

    /// <summary>The end of a range: <c>]</c>.</summary>
    public static readonly Parser<BracketEnd> EndOfRange = (
        from close in Terminals.RightBracket.Within("subquery or range", "\":\" or \"]\"")
        select new BracketEnd(close, IsSubquery: false, null)).Named("\"]\"");

    /// <summary>The end of a subquery: <c>:1m]</c>, where the step may be missing.</summary>
    public static readonly Parser<BracketEnd> EndOfSubquery = (
        from colon in Terminals.Token(TokenKind.Colon)
        from step in Step
        from close in step.IsDefined ? CloseAfterStep : CloseWithoutStep
        select new BracketEnd(close, IsSubquery: true, step.GetOrDefault())).Named("subquery step", TokenKind.Colon);

    private static readonly Parser<BracketEnd> EndOfBracket = Combinators.FirstOf(EndOfSubquery, EndOfRange);

    /// <summary><c>[5m]</c> or <c>[30m:1m]</c>.</summary>
    public static readonly Parser<Func<Expression, Expression>> Brackets = (
        from open in Terminals.Token(TokenKind.LeftBracket)
        from range in Range
        from end in EndOfBracket
        select (Func<Expression, Expression>)(operand => end.IsSubquery
            ? new Subquery(operand.Span with { End = end.Close.End }, operand, range, end.Step)
            : Selection.WithRange(operand, open, range, end.Close))).Named("range", TokenKind.LeftBracket);

    /// <summary><c>offset 5m</c>; a duration with operators must stand in parentheses.</summary>
    public static readonly Parser<Func<Expression, Expression>> Offset = (
        from keyword in Terminals.Token(TokenKind.Offset)
        from offset in OffsetDuration
        select (Func<Expression, Expression>)(operand => Selection.WithOffset(operand, keyword, offset))).Named("offset", TokenKind.Offset);

    /// <summary><c>@ 1609746000</c>, <c>@ start()</c> or <c>@ end()</c>.</summary>
    public static readonly Parser<Func<Expression, Expression>> At = (
        from sign in Terminals.Token(TokenKind.At)
        from place in AtPlace.Rule
        select (Func<Expression, Expression>)(operand => Selection.WithAt(operand, sign, place))).Named("@ modifier", TokenKind.At);

    /// <summary><c>anchored</c> or <c>smoothed</c>.</summary>
    public static readonly Parser<Func<Expression, Expression>> Edges = (
        from keyword in Terminals.Token(TokenKind.Anchored, TokenKind.Smoothed)
        select (Func<Expression, Expression>)(operand => Selection.WithEdges(operand, keyword)))
        .Named("anchored or smoothed", TokenKind.Anchored, TokenKind.Smoothed);

    /// <summary>One modifier of any kind.</summary>
    public static readonly Parser<Func<Expression, Expression>> One = Combinators.FirstOf(Brackets, Offset, At, Edges)
        .Named("modifier", TokenKind.LeftBracket, TokenKind.Offset, TokenKind.At, TokenKind.Anchored, TokenKind.Smoothed);

    /// <summary>Any number of modifiers.</summary>
    public static readonly Parser<IReadOnlyList<Func<Expression, Expression>>> Any = One.Repeated().Named("modifiers");

    /// <summary>How a bracket ends.</summary>
    /// <param name="Close">The closing bracket.</param>
    /// <param name="IsSubquery">True when a colon stands in the bracket.</param>
    /// <param name="Step">The subquery's step; null when it is missing.</param>
    internal readonly record struct BracketEnd(Token Close, bool IsSubquery, Duration? Step);
}
