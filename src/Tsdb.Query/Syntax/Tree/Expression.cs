namespace Tsdb.Query.Syntax.Tree;

/// <summary>A node of a query's syntax tree. Immutable and safe to share between threads.</summary>
/// <remarks>The tree says what was written, not whether it makes sense: names, types and matching rules are checked by the analysis.</remarks>
/// <param name="Span">Where the node stands in the query text.</param>
public abstract record Expression(TextSpan Span);
