namespace Tsdb.Query.Syntax.Tree;

/// <summary>The smaller or the larger of two durations: <c>min_of(a, b)</c>, <c>max_of(a, b)</c>.</summary>
/// <param name="Span">Where the call stands.</param>
/// <param name="IsMax">True for the larger.</param>
/// <param name="Left">The first argument.</param>
/// <param name="Right">The second argument.</param>
public sealed record DurationChoice(TextSpan Span, bool IsMax, Duration Left, Duration Right) : Duration(Span);
