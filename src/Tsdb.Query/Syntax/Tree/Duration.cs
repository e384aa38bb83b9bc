namespace Tsdb.Query.Syntax.Tree;

/// <summary>A length of time in a range, a subquery or an offset: a constant or an expression over constants and the query's own step and range.</summary>
/// <param name="Span">Where it stands in the query text.</param>
public abstract record Duration(TextSpan Span);
