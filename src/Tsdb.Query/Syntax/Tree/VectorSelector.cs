using System.Collections.Immutable;
using Tsdb.Model.Matching;

namespace Tsdb.Query.Syntax.Tree;

/// <summary>A selector of series, <c>name{label="value"}</c>: one sample of each, at one point in time.</summary>
/// <param name="Span">Where the selector stands, its modifiers included.</param>
/// <param name="Name">The metric name written in front of the braces; null when there is none (a name inside the braces is a matcher like any other).</param>
/// <param name="Matchers">All conditions in the order written; the one that <paramref name="Name"/> stands for comes last.</param>
public sealed record VectorSelector(TextSpan Span, string? Name, ImmutableArray<LabelMatcher> Matchers) : Expression(Span)
{
    /// <summary>How far back in time to look (<c>offset 5m</c>); null without the modifier.</summary>
    public Duration? Offset { get; init; }

    /// <summary>The fixed point in time (<c>@ 1609746000</c>); null without the modifier.</summary>
    public AtModifier? At { get; init; }

    /// <summary>Whether samples outside the range help to fill its edges.</summary>
    public RangeEdges Edges { get; init; }
}
