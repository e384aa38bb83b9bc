namespace Tsdb.Query.Syntax.Tree;

/// <summary>A constant, <c>5m</c> or a plain number of seconds. A sign in front is part of it.</summary>
/// <param name="Span">Where it stands, its sign included.</param>
/// <param name="Seconds">Its length in seconds.</param>
/// <param name="IsNumber">True when it was written as a plain number of seconds.</param>
public sealed record DurationLiteral(TextSpan Span, double Seconds, bool IsNumber) : Duration(Span);
