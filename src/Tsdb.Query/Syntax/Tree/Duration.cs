namespace Tsdb.Query.Syntax.Tree;

/// <summary>A length of time in a range, a subquery or an offset: a constant or an expression over constants and the query's own step and range.</summary>
/// <param name="Span">Where it stands in the query text.</param>
public abstract record Duration(TextSpan Span);

/// <summary>A constant, <c>5m</c> or a plain number of seconds. A sign in front is part of it.</summary>
/// <param name="Span">Where it stands, its sign included.</param>
/// <param name="Seconds">Its length in seconds.</param>
/// <param name="IsNumber">True when it was written as a plain number of seconds.</param>
public sealed record DurationLiteral(TextSpan Span, double Seconds, bool IsNumber) : Duration(Span);

/// <summary>A value of the running query: <c>step()</c> or <c>range()</c>.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="IsStep">True for the distance between steps, false for the time from the first step to the last.</param>
public sealed record DurationQueryValue(TextSpan Span, bool IsStep) : Duration(Span);

/// <summary>A negated duration.</summary>
/// <param name="Span">Where the sign and the operand stand.</param>
/// <param name="Operand">What is negated.</param>
public sealed record DurationNegation(TextSpan Span, Duration Operand) : Duration(Span);

/// <summary>Arithmetic between two durations, each taken as its seconds.</summary>
/// <param name="Span">Where both operands and the operator stand.</param>
/// <param name="Operator">One of <c>+ - * / % ^</c>.</param>
/// <param name="OperatorSpan">Where the operator stands.</param>
/// <param name="Left">The left operand.</param>
/// <param name="Right">The right operand.</param>
public sealed record DurationBinary(TextSpan Span, BinaryOperator Operator, TextSpan OperatorSpan, Duration Left, Duration Right)
    : Duration(Span);

/// <summary>The smaller or the larger of two durations: <c>min_of(a, b)</c>, <c>max_of(a, b)</c>.</summary>
/// <param name="Span">Where the call stands.</param>
/// <param name="IsMax">True for the larger.</param>
/// <param name="Left">The first argument.</param>
/// <param name="Right">The second argument.</param>
public sealed record DurationChoice(TextSpan Span, bool IsMax, Duration Left, Duration Right) : Duration(Span);

/// <summary>A duration in parentheses.</summary>
/// <param name="Span">Where it stands, the parentheses included.</param>
/// <param name="Inner">The duration between them.</param>
public sealed record DurationParen(TextSpan Span, Duration Inner) : Duration(Span);
