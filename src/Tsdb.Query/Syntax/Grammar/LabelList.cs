using System.Collections.Immutable;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>Label names in parentheses, as <c>by</c>, <c>on</c> and <c>group_left</c> take them.</summary>
/// <param name="Names">The names in the order written.</param>
/// <param name="Span">Where the list stands, its parentheses included.</param>
internal readonly record struct LabelList(ImmutableArray<string> Names, TextSpan Span);
