namespace Tsdb.Query.Syntax.Tree;

/// <summary>What an <c>@</c> modifier pins a selector to.</summary>
public enum AtPoint : byte
{
    /// <summary>A point in time that is written out.</summary>
    Timestamp,

    /// <summary><c>start()</c>: the first step of the query.</summary>
    Start,

    /// <summary><c>end()</c>: the last step of the query.</summary>
    End,
}

/// <summary>An <c>@</c> modifier: evaluates a selector at a fixed point in time instead of at each step.</summary>
/// <param name="Point">What the selector is pinned to.</param>
/// <param name="TimestampMs">Milliseconds since the Unix epoch for <see cref="AtPoint.Timestamp"/>; zero otherwise.</param>
public sealed record AtModifier(AtPoint Point, long TimestampMs = 0);
