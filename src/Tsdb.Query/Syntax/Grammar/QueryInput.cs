using Sprache;
using Tsdb.Query.Syntax.Lexing;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>The parser's place in the tokens of a query. One object per token, made once, so that going on and going back cost nothing.</summary>
/// <remarks>Sprache's own input moves by characters and allocates a dictionary for each, which makes it several times slower.</remarks>
internal sealed class QueryInput : IInput
{
    private readonly QueryTokens _tokens;
    private Dictionary<object, object>? _memos;

    /// <summary>A place; only <see cref="QueryTokens"/> makes them.</summary>
    public QueryInput(QueryTokens tokens, int index)
    {
        _tokens = tokens;
        Index = index;
    }

    /// <summary>The number of tokens before this place.</summary>
    public int Index { get; }

    /// <summary>The token at this place.</summary>
    public Token Token => _tokens[Index];

    /// <summary>The place behind the token.</summary>
    public QueryInput Next => _tokens.At(Index + 1);

    /// <inheritdoc/>
    public string Source => Token.Source;

    /// <inheritdoc/>
    public char Current => Source[Position];

    /// <inheritdoc/>
    public bool AtEnd => Token.Kind is TokenKind.EndOfInput or TokenKind.Error;

    /// <inheritdoc/>
    public int Position => Token.Start;

    /// <inheritdoc/>
    public int Line => Source.AsSpan(0, Position).Count('\n') + 1;

    /// <inheritdoc/>
    public int Column => Position - Source.AsSpan(0, Position).LastIndexOf('\n');

    /// <inheritdoc/>
    public IDictionary<object, object> Memos => _memos ??= [];

    /// <inheritdoc/>
    public IInput Advance() => Next;

    /// <inheritdoc/>
    public bool Equals(IInput? other) => ReferenceEquals(this, other);

    /// <summary>Notes that a terminal was not found here.</summary>
    public void Fail() => _tokens.Fail(Index);

    /// <summary>Notes what was being read when the parser could not go on, unless something more precise was noted.</summary>
    public void Explain(string explanation) => _tokens.Explain(explanation);
}
