using System.Collections.Immutable;

namespace Tsdb.Query.Syntax.Tree;

/// <summary>A function call, <c>rate(requests[5m])</c>.</summary>
/// <param name="Span">Where the call stands.</param>
/// <param name="Function">The function's name as written; the parser accepts any.</param>
/// <param name="Arguments">The arguments in order.</param>
public sealed record Call(TextSpan Span, string Function, ImmutableArray<Expression> Arguments) : Expression(Span);
