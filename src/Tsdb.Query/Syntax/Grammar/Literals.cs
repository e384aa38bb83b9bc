using Sprache;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Text;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>Numbers and strings as expressions.</summary>
internal static class Literals
{
    /// <summary>A number, or a duration that stands for its seconds.</summary>
    public static readonly Parser<Expression> Number = (
        from token in Signs.Unsigned
        select (Expression)new NumberLiteral(token.Span, NumberText.Value(token), token.Kind == TokenKind.Duration))
        .Named("number", TokenKind.Number, TokenKind.Duration);

    /// <summary>A quoted string, as a token.</summary>
    public static readonly Parser<Token> Quoted = Terminals.Token(TokenKind.String);

    /// <summary>A quoted string.</summary>
    public static readonly Parser<Expression> String = (
        from token in Quoted
        select (Expression)new StringLiteral(token.Span, StringText.Unquote(token.Text))).Named("string", TokenKind.String);
}
