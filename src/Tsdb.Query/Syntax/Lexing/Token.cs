using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Lexing;

/// <summary>A word of a query.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Source">The whole query text.</param>
/// <param name="Start">Index of its first code unit.</param>
/// <param name="End">Index behind its last code unit.</param>
internal readonly record struct Token(TokenKind Kind, string Source, int Start, int End)
{
    /// <summary>Where the word stands.</summary>
    public TextSpan Span => new(Start, End);

    /// <summary>The word as written.</summary>
    public ReadOnlySpan<char> Text => Source.AsSpan(Start, End - Start);

    /// <summary>The error that something is wrong with this word.</summary>
    public QuerySyntaxException Error(string reason) => new(Source, Span, reason);
}
