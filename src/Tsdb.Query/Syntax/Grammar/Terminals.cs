using Sprache;
using Tsdb.Query.Syntax.Lexing;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>The terminals of the grammar: parsers of single tokens.</summary>
/// <remarks>
/// In a rule written as a query only the first clause is evaluated when the rule is made, the others each time it is used. So whatever
/// a later clause names is a field, here or next to the rule, and is not made where it is used.
/// </remarks>
internal static class Terminals
{
    /// <summary><c>(</c></summary>
    public static readonly Parser<Token> LeftParen = Token(TokenKind.LeftParen);

    /// <summary><c>)</c></summary>
    public static readonly Parser<Token> RightParen = Token(TokenKind.RightParen);

    /// <summary><c>,</c></summary>
    public static readonly Parser<Token> Comma = Token(TokenKind.Comma);

    /// <summary><c>]</c></summary>
    public static readonly Parser<Token> RightBracket = Token(TokenKind.RightBracket);

    /// <summary>The end of the query.</summary>
    public static readonly Parser<Token> EndOfInput = Token(TokenKind.EndOfInput);

    /// <summary>What a failed result says; the user's message is made from the furthest failure.</summary>
    internal const string Unexpected = "unexpected token";

    /// <summary>One token of one of the kinds.</summary>
    public static Parser<Token> Token(params ReadOnlySpan<TokenKind> kinds)
    {
        bool[] accepted = Table(kinds);
        string[] expectations = [string.Join(" or ", kinds.ToArray())];
        return input =>
        {
            var place = (QueryInput)input;
            Token token = place.Token;
            if (accepted[(int)token.Kind])
                return Result.Success(token, token.Kind == TokenKind.EndOfInput ? place : place.Next);
            place.Fail();
            return Result.Failure<Token>(place, Unexpected, expectations);
        };
    }

    /// <summary>A table that holds true at each of the kinds.</summary>
    internal static bool[] Table(ReadOnlySpan<TokenKind> kinds)
    {
        var table = new bool[byte.MaxValue];
        foreach (TokenKind kind in kinds)
            table[(int)kind] = true;
        return table;
    }
}
