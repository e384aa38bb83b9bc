namespace Tsdb.Query.Syntax.Tree;

/// <summary>A number: decimal, hexadecimal, octal, <c>Inf</c>, <c>NaN</c>, or a duration that stands for its seconds. A sign in front is part of it.</summary>
/// <param name="Span">Where the number stands, its sign included.</param>
/// <param name="Value">The number.</param>
/// <param name="IsDuration">True when it was written as a duration (<c>5m</c> is 300); it is printed as one again.</param>
public sealed record NumberLiteral(TextSpan Span, double Value, bool IsDuration = false) : Expression(Span);
