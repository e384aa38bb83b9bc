using Sprache;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>A binary operator with all that stands between it and its right operand.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Span">Where the operator and its modifiers stand.</param>
/// <param name="ReturnBool">True with <c>bool</c>.</param>
/// <param name="Matching">The modifiers.</param>
internal readonly record struct OperatorHead(BinaryOperator Operator, TextSpan Span, bool ReturnBool, VectorMatching Matching)
{
    /// <summary>Puts an operator and its modifiers together.</summary>
    public static OperatorHead Create(Token op, IOption<Token> isBool, MatchingPart? matching)
    {
        bool isSetOperator = op.Kind is TokenKind.And or TokenKind.Or or TokenKind.Unless;
        VectorMatching plain = isSetOperator ? VectorMatching.SetDefault : VectorMatching.Default;
        int end = matching?.End ?? (isBool.IsDefined ? isBool.Get().End : op.End);
        return new OperatorHead(
            Operators.Kind(op), new TextSpan(op.Start, end), isBool.IsDefined, matching is null ? plain : matching.Apply(plain));
    }

    /// <summary>The operator between its operands.</summary>
    public Binary Between(Expression left, Expression right) =>
        new(left.Span.Through(right.Span), Operator, Span, left, right, ReturnBool, Matching);
}
