using Sprache;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>Expressions from the operand up to the whole query.</summary>
/// <remarks>
/// The first token of each alternative decides for it, so nothing is ever parsed twice and the time is linear in the length of the query.
/// A chain of operators is one rule and not one for each strength of binding, as Sprache's ChainOperator would have it: the rules between
/// cost every operand their time and every bracket their stack. <see cref="OperatorChain"/> makes the tree of a chain.
/// </remarks>
internal static class Expressions
{
    private static readonly Parser<Expression> Nested = Combinators.Nested(() => Any!);

    /// <summary>An expression in parentheses.</summary>
    public static readonly Parser<Expression> Parenthesized = (
        from open in Terminals.LeftParen
        from inner in Nested
        from close in Terminals.RightParen
        select (Expression)new Paren(open.Span.Through(close.Span), inner)).Named("expression in parentheses", TokenKind.LeftParen);

    private static readonly Parser<Func<Token, Expression>> AfterFunction = Combinators.FirstOf(Calls.AfterFunction, Selectors.AfterName);

    private static readonly Parser<Func<Token, Expression>> AfterAggregation =
        Combinators.FirstOf(Calls.GroupingFirst, Calls.ArgumentsFirst, Selectors.AfterName);

    /// <summary>A function call, or a selector whose metric could be a function's name.</summary>
    public static readonly Parser<Expression> FunctionOrSelector = (
        from name in Terminals.Token(Names.Functions)
        from after in AfterFunction
        select after(name)).Named("function call or selector", Names.Functions);

    /// <summary>An aggregation, or a selector whose metric has the name of one.</summary>
    public static readonly Parser<Expression> AggregationOrSelector = (
        from name in Terminals.Token(Names.Aggregations)
        from after in AfterAggregation
        select after(name)).Named("aggregation or selector", Names.Aggregations);

    /// <summary>A selector that begins with a metric name no function can have.</summary>
    public static readonly Parser<Expression> NamedSelector = (
        from name in Terminals.Token(Names.OtherMetrics)
        from after in Selectors.AfterName
        select after(name)).Named("selector", Names.OtherMetrics);

    /// <summary>What stands between operators, without modifiers.</summary>
    public static readonly Parser<Expression> Primary = Combinators
        .FirstOf(FunctionOrSelector, AggregationOrSelector, Literals.Number, Parenthesized, Selectors.Braces, Literals.String, NamedSelector)
        .Named("expression");

    /// <summary>What stands between operators.</summary>
    public static readonly Parser<Expression> Operand = (
        from primary in Primary
        from modifiers in Modifiers.Any
        select modifiers.Aggregate(primary, static (operand, modify) => modify(operand))).Named("expression");

    /// <summary>The operator of a power with its exponent.</summary>
    public static readonly Parser<ExpressionExponent> Exponent = (
        from op in Operators.Power
        from signs in Signs.Any
        from operand in Operand
        select new ExpressionExponent(op, signs, operand)).Named("exponent", TokenKind.Power);

    private static readonly Parser<IReadOnlyList<ExpressionExponent>> Exponents = Exponent.Repeated();

    /// <summary>Powers, which bind from the right and before a sign: <c>-2 ^ 2</c> is <c>-(2 ^ 2)</c>.</summary>
    public static readonly Parser<Expression> Power = (
        from signs in Signs.Any
        from first in Operand
        from exponents in Exponents
        select Signs.Apply(signs, FoldPowers(first, exponents))).Named("expression");

    /// <summary>An operator that binds from the left with its right operand.</summary>
    public static readonly Parser<(OperatorHead Operator, Expression Right)> Continuation = (
        from op in Operators.BindingLeft
        from right in Power
        select (op, right)).Named("operator");

    private static readonly Parser<IReadOnlyList<(OperatorHead Operator, Expression Right)>> Continuations = Continuation.Repeated();

    /// <summary>Any expression.</summary>
    public static readonly Parser<Expression> Any = (
        from first in Power
        from rest in Continuations
        select OperatorChain.Fold(
            first, rest, static op => Operators.Binding(op.Operator), static (left, op, right) => op.Between(left, right))).Named("expression");

    /// <summary>A whole query.</summary>
    public static readonly Parser<Expression> Query =
        from expression in Any
        from end in Terminals.EndOfInput
        select expression;

    private static Expression FoldPowers(Expression first, IReadOnlyList<ExpressionExponent> rest)
    {
        Expression? exponent = null;
        for (int i = rest.Count - 1; i >= 0; i--)
        {
            Expression powers = exponent is null ? rest[i].Operand : rest[i + 1].Operator.Between(rest[i].Operand, exponent);
            exponent = Signs.Apply(rest[i].Signs, powers);
        }

        return exponent is null ? first : rest[0].Operator.Between(first, exponent);
    }

    /// <summary>The operator of a power with its exponent.</summary>
    /// <param name="Operator">The operator and its modifiers.</param>
    /// <param name="Signs">The signs of the exponent.</param>
    /// <param name="Operand">The exponent without them.</param>
    internal readonly record struct ExpressionExponent(OperatorHead Operator, IReadOnlyList<Token> Signs, Expression Operand);
}
