namespace Tsdb.Query.Syntax.Tree;

/// <summary>An instant query run over a range, <c>expr[30m:1m]</c>.</summary>
/// <param name="Span">Where the subquery stands, its modifiers included.</param>
/// <param name="Inner">The query that is run at each step.</param>
/// <param name="Range">The length of the range.</param>
/// <param name="Step">The distance between the steps; null for the server's default.</param>
public sealed record Subquery(TextSpan Span, Expression Inner, Duration Range, Duration? Step) : Expression(Span)
{
    /// <summary>How far back in time to look (<c>offset 5m</c>); null without the modifier.</summary>
    public Duration? Offset { get; init; }

    /// <summary>The fixed point in time (<c>@ end()</c>); null without the modifier.</summary>
    public AtModifier? At { get; init; }
}
