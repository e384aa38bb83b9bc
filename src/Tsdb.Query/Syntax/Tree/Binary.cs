namespace Tsdb.Query.Syntax.Tree;

/// <summary>An operator between two expressions, <c>a / on (job) b</c>.</summary>
/// <param name="Span">Where both operands and the operator stand.</param>
/// <param name="Operator">The operator.</param>
/// <param name="OperatorSpan">Where the operator and its modifiers stand.</param>
/// <param name="Left">The left operand.</param>
/// <param name="Right">The right operand.</param>
/// <param name="ReturnBool">True with <c>bool</c>: a comparison gives 0 or 1 instead of filtering.</param>
/// <param name="Matching">How series of the two sides find each other; <see cref="VectorMatching.Default"/> when nothing was written.</param>
public sealed record Binary(
    TextSpan Span,
    BinaryOperator Operator,
    TextSpan OperatorSpan,
    Expression Left,
    Expression Right,
    bool ReturnBool,
    VectorMatching Matching) : Expression(Span);
