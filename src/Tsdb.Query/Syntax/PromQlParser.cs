using Sprache;
using Tsdb.Query.Syntax.Grammar;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax;

/// <summary>Parses PromQL. Safe to call from several threads at once.</summary>
public static class PromQlParser
{
    /// <summary>Parses a query into its tree; whether the tree makes sense is not looked at.</summary>
    /// <param name="query">The query text.</param>
    /// <exception cref="QuerySyntaxException">The text is not PromQL or exceeds <see cref="SyntaxLimits"/>.</exception>
    public static Expression Parse(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var tokens = new QueryTokens(query);
        if (tokens[0].Kind == TokenKind.EndOfInput)
            throw new QuerySyntaxException(query, default, "no expression found in input");
        IResult<Expression> result = Expressions.Query(tokens.At(0));
        return result.WasSuccessful ? result.Value : throw tokens.Error();
    }
}
