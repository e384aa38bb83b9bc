using Sprache;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>Operators between expressions, one rule for each level of binding, from the weakest.</summary>
internal static class Operators
{
    /// <summary><c>or</c></summary>
    public static readonly Parser<OperatorHead> Or = Head(TokenKind.Or).Named("or");

    /// <summary><c>and</c> and <c>unless</c></summary>
    public static readonly Parser<OperatorHead> And = Head(TokenKind.And, TokenKind.Unless).Named("and or unless");

    /// <summary>The comparisons, and the trimming of histograms.</summary>
    public static readonly Parser<OperatorHead> Comparison = Head(
        TokenKind.EqualEqual, TokenKind.NotEqual, TokenKind.Less, TokenKind.LessOrEqual, TokenKind.Greater, TokenKind.GreaterOrEqual,
        TokenKind.TrimUpper, TokenKind.TrimLower).Named("comparison");

    /// <summary><c>+</c> and <c>-</c></summary>
    public static readonly Parser<OperatorHead> Additive = Head(TokenKind.Add, TokenKind.Subtract).Named("+ or -");

    /// <summary><c>*</c>, <c>/</c>, <c>%</c> and <c>atan2</c></summary>
    public static readonly Parser<OperatorHead> Multiplicative =
        Head(TokenKind.Multiply, TokenKind.Divide, TokenKind.Modulo, TokenKind.Atan2).Named("*, /, % or atan2");

    /// <summary><c>^</c></summary>
    public static readonly Parser<OperatorHead> Power = Head(TokenKind.Power).Named("^");

    /// <summary>The operator a token stands for.</summary>
    public static BinaryOperator Kind(Token op) => op.Kind switch
    {
        TokenKind.Or => BinaryOperator.Or,
        TokenKind.And => BinaryOperator.And,
        TokenKind.Unless => BinaryOperator.Unless,
        TokenKind.EqualEqual => BinaryOperator.Equal,
        TokenKind.NotEqual => BinaryOperator.NotEqual,
        TokenKind.Less => BinaryOperator.Less,
        TokenKind.LessOrEqual => BinaryOperator.LessOrEqual,
        TokenKind.Greater => BinaryOperator.Greater,
        TokenKind.GreaterOrEqual => BinaryOperator.GreaterOrEqual,
        TokenKind.TrimUpper => BinaryOperator.TrimUpper,
        TokenKind.TrimLower => BinaryOperator.TrimLower,
        TokenKind.Add => BinaryOperator.Add,
        TokenKind.Subtract => BinaryOperator.Subtract,
        TokenKind.Multiply => BinaryOperator.Multiply,
        TokenKind.Divide => BinaryOperator.Divide,
        TokenKind.Modulo => BinaryOperator.Modulo,
        TokenKind.Atan2 => BinaryOperator.Atan2,
        TokenKind.Power => BinaryOperator.Power,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op.Kind, "not an operator"),
    };

    private static Parser<OperatorHead> Head(params ReadOnlySpan<TokenKind> kinds) =>
        from op in Terminals.Token(kinds)
        from isBool in Terminals.Token(TokenKind.Bool).XOptional()
        from matching in MatchingRules.Any
        select OperatorHead.Create(op, isBool, matching);
}
