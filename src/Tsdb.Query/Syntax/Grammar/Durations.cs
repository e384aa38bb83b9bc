using Sprache;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Text;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>Durations in ranges, subqueries and offsets: constants, the query's own values, and arithmetic over them.</summary>
internal static class Durations
{
    private static readonly Parser<Token> Open = Terminals.Token(TokenKind.LeftParen);
    private static readonly Parser<Token> Close = Terminals.Token(TokenKind.RightParen);
    private static readonly Parser<Token> Comma = Terminals.Token(TokenKind.Comma);
    private static readonly Parser<Duration> Nested = Combinators.Nested(() => Expression!);

    /// <summary>A constant.</summary>
    public static readonly Parser<Duration> Constant = (
        from token in Signs.Unsigned
        select Literal(token)).Named("duration");

    /// <summary><c>step()</c> or <c>range()</c>.</summary>
    public static readonly Parser<Duration> QueryValue = (
        from name in Terminals.Token(TokenKind.Step, TokenKind.Range)
        from open in Open
        from close in Close
        select (Duration)new DurationQueryValue(name.Span.Through(close.Span), name.Kind == TokenKind.Step)).Named("step() or range()");

    /// <summary><c>min_of(a, b)</c> or <c>max_of(a, b)</c>.</summary>
    public static readonly Parser<Duration> Choice = (
        from name in Terminals.Token(TokenKind.MinOf, TokenKind.MaxOf)
        from open in Open
        from left in Nested
        from comma in Comma
        from right in Nested
        from close in Close
        select (Duration)new DurationChoice(name.Span.Through(close.Span), name.Kind == TokenKind.MaxOf, left, right)).Named("min_of() or max_of()");

    /// <summary>A duration in parentheses.</summary>
    public static readonly Parser<Duration> Parenthesized = (
        from open in Open
        from inner in Nested
        from close in Close
        select (Duration)new DurationParen(open.Span.Through(close.Span), inner)).Named("duration in parentheses");

    /// <summary>A duration without operators.</summary>
    public static readonly Parser<Duration> Operand = Combinators.FirstOf(Constant, QueryValue, Choice, Parenthesized).Named("duration");

    /// <summary>A duration without operators that may have signs: what binds to <c>offset</c>.</summary>
    public static readonly Parser<Duration> SignedOperand = (
        from signs in Signs.Sign.Repeated()
        from operand in Operand
        select Signs.Apply(signs, operand)).Named("duration");

    /// <summary>Powers, which bind from the right and before a sign: <c>-2 ^ 2</c> is <c>-(2 ^ 2)</c>.</summary>
    public static readonly Parser<Duration> Power = (
        from signs in Signs.Sign.Repeated()
        from first in Operand
        from rest in (
            from op in Terminals.Token(TokenKind.Power)
            from exponentSigns in Signs.Sign.Repeated()
            from exponent in Operand
            select (op, exponentSigns, exponent)).Repeated()
        select Signs.Apply(signs, FoldPowers(first, rest))).Named("duration");

    /// <summary>Any duration.</summary>
    public static readonly Parser<Duration> Expression = (
        from first in Power
        from rest in (
            from op in Terminals.Token(TokenKind.Add, TokenKind.Subtract, TokenKind.Multiply, TokenKind.Divide, TokenKind.Modulo)
            from right in Power
            select (op, right)).Repeated()
        select OperatorChain.Fold(first, rest, static op => Operators.Binding(Operators.Kind(op)), Combine)).Named("duration");

    /// <summary>Any duration that is not a constant of zero or less: a range or a step.</summary>
    public static readonly Parser<Duration> Positive = Expression
        .Checked(static duration => duration is DurationLiteral { Seconds: <= 0 } ? (duration.Span, "duration must be greater than 0") : null)
        .Named("duration");

    private static Duration FoldPowers(Duration first, IReadOnlyList<(Token Op, IReadOnlyList<Token> Signs, Duration Exponent)> rest)
    {
        Duration? exponent = null;
        for (int i = rest.Count - 1; i >= 0; i--)
        {
            Duration powers = exponent is null ? rest[i].Exponent : Combine(rest[i].Exponent, rest[i + 1].Op, exponent);
            exponent = Signs.Apply(rest[i].Signs, powers);
        }

        return exponent is null ? first : Combine(first, rest[0].Op, exponent);
    }

    private static DurationBinary Combine(Duration left, Token op, Duration right)
    {
        if (op.Kind is TokenKind.Divide or TokenKind.Modulo && right is DurationLiteral { Seconds: 0 })
            throw op.Error(op.Kind == TokenKind.Divide ? "division by zero" : "modulo by zero");
        return new DurationBinary(left.Span.Through(right.Span), Operators.Kind(op), op.Span, left, right);
    }

    private static Duration Literal(Token token)
    {
        double seconds = NumberText.Value(token);
        if (!(seconds <= DurationText.MaxSeconds))
            throw token.Error("duration out of range");
        return new DurationLiteral(token.Span, seconds, token.Kind == TokenKind.Number);
    }
}
