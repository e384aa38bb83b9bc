using Sprache;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Text;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>Durations in ranges, subqueries and offsets: constants, the query's own values, and arithmetic over them.</summary>
internal static class Durations
{
    private static readonly Parser<Duration> Nested = Combinators.Nested(() => Expression!);

    /// <summary>A constant.</summary>
    public static readonly Parser<Duration> Constant = (
        from token in Signs.Unsigned
        select Literal(token)).Named("duration", TokenKind.Number, TokenKind.Duration);

    /// <summary><c>step()</c> or <c>range()</c>.</summary>
    public static readonly Parser<Duration> QueryValue = (
        from name in Terminals.Token(TokenKind.Step, TokenKind.Range)
        from open in Terminals.LeftParen
        from close in Terminals.RightParen
        select (Duration)new DurationQueryValue(name.Span.Through(close.Span), name.Kind == TokenKind.Step))
        .Named("step() or range()", TokenKind.Step, TokenKind.Range);

    /// <summary><c>min_of(a, b)</c> or <c>max_of(a, b)</c>.</summary>
    public static readonly Parser<Duration> Choice = (
        from name in Terminals.Token(TokenKind.MinOf, TokenKind.MaxOf)
        from open in Terminals.LeftParen
        from left in Nested
        from comma in Terminals.Comma
        from right in Nested
        from close in Terminals.RightParen
        select (Duration)new DurationChoice(name.Span.Through(close.Span), name.Kind == TokenKind.MaxOf, left, right))
        .Named("min_of() or max_of()", TokenKind.MinOf, TokenKind.MaxOf);

    /// <summary>A duration in parentheses.</summary>
    public static readonly Parser<Duration> Parenthesized = (
        from open in Terminals.LeftParen
        from inner in Nested
        from close in Terminals.RightParen
        select (Duration)new DurationParen(open.Span.Through(close.Span), inner)).Named("duration in parentheses", TokenKind.LeftParen);

    /// <summary>A duration without operators.</summary>
    public static readonly Parser<Duration> Operand = Combinators.FirstOf(Constant, QueryValue, Choice, Parenthesized).Named("duration");

    /// <summary>A duration without operators that may have signs: what binds to <c>offset</c>.</summary>
    public static readonly Parser<Duration> SignedOperand = (
        from signs in Signs.Any
        from operand in Operand
        select Signs.Apply(signs, operand)).Named("duration");

    /// <summary>The operator of a power with its exponent.</summary>
    public static readonly Parser<DurationExponent> Exponent = (
        from op in Terminals.Token(TokenKind.Power)
        from signs in Signs.Any
        from operand in Operand
        select new DurationExponent(op, signs, operand)).Named("exponent", TokenKind.Power);

    private static readonly Parser<IReadOnlyList<DurationExponent>> Exponents = Exponent.Repeated();

    /// <summary>Powers, which bind from the right and before a sign: <c>-2 ^ 2</c> is <c>-(2 ^ 2)</c>.</summary>
    public static readonly Parser<Duration> Power = (
        from signs in Signs.Any
        from first in Operand
        from exponents in Exponents
        select Signs.Apply(signs, FoldPowers(first, exponents))).Named("duration");

    /// <summary>An operator that binds from the left with its right operand.</summary>
    public static readonly Parser<(Token Operator, Duration Right)> Continuation = (
        from op in Terminals.Token(TokenKind.Add, TokenKind.Subtract, TokenKind.Multiply, TokenKind.Divide, TokenKind.Modulo)
        from right in Power
        select (op, right)).Named("operator");

    private static readonly Parser<IReadOnlyList<(Token Operator, Duration Right)>> Continuations = Continuation.Repeated();

    /// <summary>Any duration.</summary>
    public static readonly Parser<Duration> Expression = (
        from first in Power
        from rest in Continuations
        select OperatorChain.Fold(first, rest, static op => Operators.Binding(Operators.Kind(op)), Combine)).Named("duration");

    /// <summary>Any duration that is not a constant of zero or less: a range or a step.</summary>
    public static readonly Parser<Duration> Positive = Expression
        .Checked(static duration => duration is DurationLiteral { Seconds: <= 0 } ? (duration.Span, "duration must be greater than 0") : null)
        .Named("duration");

    private static Duration FoldPowers(Duration first, IReadOnlyList<DurationExponent> rest)
    {
        Duration? exponent = null;
        for (int i = rest.Count - 1; i >= 0; i--)
        {
            Duration powers = exponent is null ? rest[i].Operand : Combine(rest[i].Operand, rest[i + 1].Operator, exponent);
            exponent = Signs.Apply(rest[i].Signs, powers);
        }

        return exponent is null ? first : Combine(first, rest[0].Operator, exponent);
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

    /// <summary>The operator of a power with its exponent.</summary>
    /// <param name="Operator">The operator.</param>
    /// <param name="Signs">The signs of the exponent.</param>
    /// <param name="Operand">The exponent without them.</param>
    internal readonly record struct DurationExponent(Token Operator, IReadOnlyList<Token> Signs, Duration Operand);
}
