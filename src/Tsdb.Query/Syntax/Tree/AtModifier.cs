namespace Tsdb.Query.Syntax.Tree;

/// <summary>An <c>@</c> modifier: evaluates a selector at a fixed point in time instead of at each step.</summary>
/// <param name="Point">What the selector is pinned to.</param>
/// <param name="TimestampMs">Milliseconds since the Unix epoch for <see cref="AtPoint.Timestamp"/>; zero otherwise.</param>
public sealed record AtModifier(AtPoint Point, long TimestampMs = 0);
