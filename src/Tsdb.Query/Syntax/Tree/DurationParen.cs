namespace Tsdb.Query.Syntax.Tree;

/// <summary>A duration in parentheses.</summary>
/// <param name="Span">Where it stands, the parentheses included.</param>
/// <param name="Inner">The duration between them.</param>
public sealed record DurationParen(TextSpan Span, Duration Inner) : Duration(Span);
