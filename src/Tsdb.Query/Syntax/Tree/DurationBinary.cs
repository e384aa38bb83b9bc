namespace Tsdb.Query.Syntax.Tree;

/// <summary>Arithmetic between two durations, each taken as its seconds.</summary>
/// <param name="Span">Where both operands and the operator stand.</param>
/// <param name="Operator">One of <c>+ - * / % ^</c>.</param>
/// <param name="OperatorSpan">Where the operator stands.</param>
/// <param name="Left">The left operand.</param>
/// <param name="Right">The right operand.</param>
public sealed record DurationBinary(TextSpan Span, BinaryOperator Operator, TextSpan OperatorSpan, Duration Left, Duration Right)
    : Duration(Span);
