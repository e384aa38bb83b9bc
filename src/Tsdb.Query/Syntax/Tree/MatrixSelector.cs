namespace Tsdb.Query.Syntax.Tree;

/// <summary>A selector with a range, <c>name[5m]</c>: all samples of the range.</summary>
/// <param name="Span">Where the selector stands, its modifiers included.</param>
/// <param name="Selector">The series; offset, <c>@</c> and edges of the range are those of this node.</param>
/// <param name="Range">The length of the range.</param>
public sealed record MatrixSelector(TextSpan Span, VectorSelector Selector, Duration Range) : Expression(Span);
