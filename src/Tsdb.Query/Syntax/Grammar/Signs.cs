using Sprache;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Text;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>Signs, and numbers that may have one.</summary>
internal static class Signs
{
    /// <summary><c>+</c> or <c>-</c> in front of an operand.</summary>
    public static readonly Parser<Token> Sign = Terminals.Token(TokenKind.Add, TokenKind.Subtract);

    /// <summary>Any number of signs.</summary>
    public static readonly Parser<IReadOnlyList<Token>> Any = Sign.Repeated().Named("signs");

    /// <summary>A number or a duration, as a token.</summary>
    public static readonly Parser<Token> Unsigned = Terminals.Token(TokenKind.Number, TokenKind.Duration);

    /// <summary>The value of a number with at most one sign, where no expression may stand, and where the number ends.</summary>
    public static readonly Parser<(double Value, int End)> SignedValue = (
        from sign in Sign.XOptional()
        from number in Unsigned
        let value = NumberText.Value(number)
        select (sign.IsDefined && IsMinus(sign.Get()) ? -value : value, number.End)).Named("signed number");

    /// <summary>True for <c>-</c>.</summary>
    public static bool IsMinus(Token sign) => sign.Kind == TokenKind.Subtract;

    /// <summary>Puts signs in front of an expression; the sign of a number becomes part of it.</summary>
    public static Expression Apply(IReadOnlyList<Token> signs, Expression operand)
    {
        for (int i = signs.Count - 1; i >= 0; i--)
        {
            TextSpan span = signs[i].Span.Through(operand.Span);
            operand = operand is NumberLiteral number
                ? number with { Span = span, Value = IsMinus(signs[i]) ? -number.Value : number.Value }
                : new Unary(span, IsMinus(signs[i]), operand);
        }

        return operand;
    }

    /// <summary>Puts signs in front of a duration; the sign of a constant becomes part of it, and a plus is dropped.</summary>
    public static Duration Apply(IReadOnlyList<Token> signs, Duration operand)
    {
        for (int i = signs.Count - 1; i >= 0; i--)
        {
            TextSpan span = signs[i].Span.Through(operand.Span);
            operand = (operand, IsMinus(signs[i])) switch
            {
                (DurationLiteral literal, bool isMinus) => literal with { Span = span, Seconds = isMinus ? -literal.Seconds : literal.Seconds },
                (_, true) => new DurationNegation(span, operand),
                _ => operand with { Span = span },
            };
        }

        return operand;
    }
}
