using Sprache;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>Operators between expressions, and how strongly they bind.</summary>
internal static class Operators
{
    private static readonly Parser<IOption<Token>> OptionalBool = Terminals.Token(TokenKind.Bool).XOptional();

    /// <summary>The operators that bind from the left: all but <c>^</c>.</summary>
    public static readonly Parser<OperatorHead> BindingLeft = Head(
        TokenKind.Or, TokenKind.And, TokenKind.Unless,
        TokenKind.EqualEqual, TokenKind.NotEqual, TokenKind.Less, TokenKind.LessOrEqual, TokenKind.Greater, TokenKind.GreaterOrEqual,
        TokenKind.TrimUpper, TokenKind.TrimLower,
        TokenKind.Add, TokenKind.Subtract,
        TokenKind.Multiply, TokenKind.Divide, TokenKind.Modulo, TokenKind.Atan2);

    /// <summary><c>^</c></summary>
    public static readonly Parser<OperatorHead> Power = Head(TokenKind.Power);

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

    /// <summary>How strongly an operator binds; the strongest is the greatest.</summary>
    public static int Binding(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => 1,
        BinaryOperator.And or BinaryOperator.Unless => 2,
        BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater
            or BinaryOperator.GreaterOrEqual or BinaryOperator.TrimUpper or BinaryOperator.TrimLower => 3,
        BinaryOperator.Add or BinaryOperator.Subtract => 4,
        BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Modulo or BinaryOperator.Atan2 => 5,
        BinaryOperator.Power => 6,
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    private static Parser<OperatorHead> Head(params ReadOnlySpan<TokenKind> kinds) => Head(Terminals.Token(kinds)).Named("operator", kinds);

    private static Parser<OperatorHead> Head(Parser<Token> symbol) =>
        from op in symbol
        from isBool in OptionalBool
        from matching in MatchingRules.Any
        select OperatorHead.Create(op, isBool, matching);
}
