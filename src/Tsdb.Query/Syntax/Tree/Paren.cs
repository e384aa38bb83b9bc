namespace Tsdb.Query.Syntax.Tree;

/// <summary>An expression in parentheses.</summary>
/// <param name="Span">Where it stands, the parentheses included.</param>
/// <param name="Inner">The expression between them.</param>
public sealed record Paren(TextSpan Span, Expression Inner) : Expression(Span);
