namespace Tsdb.Query.Syntax.Tree;

/// <summary>A negated duration.</summary>
/// <param name="Span">Where the sign and the operand stand.</param>
/// <param name="Operand">What is negated.</param>
public sealed record DurationNegation(TextSpan Span, Duration Operand) : Duration(Span);
