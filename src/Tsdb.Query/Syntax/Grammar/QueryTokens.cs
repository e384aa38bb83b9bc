using Tsdb.Query.Syntax.Lexing;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>The tokens of one query and the furthest place at which its parsing failed. Used by one thread.</summary>
/// <remarks>
/// Sprache's repetitions and options give up an unfinished alternative quietly, so that the error it reports stands at the beginning
/// of what it gave up. The place of the real mistake is the furthest one at which a terminal was missing: it is kept here.
/// </remarks>
internal sealed class QueryTokens
{
    private readonly List<Token> _tokens;
    private readonly QueryInput?[] _inputs;
    private readonly string? _lexicalError;
    private int _furthest = -1;
    private string? _explanation;

    /// <summary>Cuts the query into tokens.</summary>
    /// <exception cref="QuerySyntaxException">The query exceeds a limit.</exception>
    public QueryTokens(string text)
    {
        _tokens = Lexer.Scan(text, out _lexicalError);
        _inputs = new QueryInput?[_tokens.Count];
    }

    /// <summary>The token at <paramref name="index"/>.</summary>
    public Token this[int index] => _tokens[index];

    /// <summary>The place in front of the token at <paramref name="index"/>.</summary>
    public QueryInput At(int index) => _inputs[index] ??= new QueryInput(this, index);

    /// <summary>Notes that a terminal was missing at <paramref name="index"/>.</summary>
    public void Fail(int index)
    {
        if (index <= _furthest)
            return;
        _furthest = index;
        _explanation = null;
    }

    /// <summary>Notes what was being read at the furthest failure, unless it is known.</summary>
    public void Explain(string explanation) => _explanation ??= explanation;

    /// <summary>The error at the furthest failure.</summary>
    public QuerySyntaxException Error()
    {
        Token token = _tokens[Math.Max(_furthest, 0)];
        return token.Kind == TokenKind.Error
            ? token.Error(_lexicalError!)
            : token.Error($"unexpected {TokenKinds.Describe(token)}{_explanation}");
    }
}
