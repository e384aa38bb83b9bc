using Sprache;
using Tsdb.Query.Syntax.Lexing;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>The terminals of the grammar: parsers of single tokens.</summary>
internal static class Terminals
{
    /// <summary>One token of one of the kinds.</summary>
    public static Parser<Token> Token(params ReadOnlySpan<TokenKind> kinds)
    {
        var accepted = new bool[byte.MaxValue];
        foreach (TokenKind kind in kinds)
            accepted[(int)kind] = true;
        string[] expectations = [string.Join(" or ", kinds.ToArray())];
        return input =>
        {
            var place = (QueryInput)input;
            Token token = place.Token;
            if (accepted[(int)token.Kind])
                return Result.Success(token, token.Kind == TokenKind.EndOfInput ? place : place.Next);
            place.Fail();
            return Result.Failure<Token>(place, "unexpected token", expectations);
        };
    }
}
