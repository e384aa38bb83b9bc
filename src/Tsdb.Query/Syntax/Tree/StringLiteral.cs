namespace Tsdb.Query.Syntax.Tree;

/// <summary>A string in double quotes, single quotes or backticks.</summary>
/// <param name="Span">Where the string stands, its quotes included.</param>
/// <param name="Value">The text without quotes, escapes resolved.</param>
public sealed record StringLiteral(TextSpan Span, string Value) : Expression(Span);
