namespace Tsdb.Query.Syntax.Tree;

/// <summary>A value of the running query: <c>step()</c> or <c>range()</c>.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="IsStep">True for the distance between steps, false for the time from the first step to the last.</param>
public sealed record DurationQueryValue(TextSpan Span, bool IsStep) : Duration(Span);
