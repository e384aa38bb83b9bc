namespace Tsdb.Query.Syntax.Tree;

/// <summary>A sign in front of an expression that is not a number.</summary>
/// <param name="Span">Where the sign and the operand stand.</param>
/// <param name="Negate">True for <c>-</c>, false for <c>+</c>.</param>
/// <param name="Operand">What the sign applies to.</param>
public sealed record Unary(TextSpan Span, bool Negate, Expression Operand) : Expression(Span);
