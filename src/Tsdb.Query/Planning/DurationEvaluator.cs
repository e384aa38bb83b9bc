using System.Diagnostics;
using Tsdb.Query.Errors;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Planning;

/// <summary>Computes the durations of a query, which may depend on its step and its range.</summary>
internal sealed class DurationEvaluator
{
    private const double MaxSeconds = 9223372036.854775; // Go's time.Duration, which Prometheus' durations must fit
    private readonly QueryContext _context;

    /// <summary>Creates an evaluator for one query.</summary>
    public DurationEvaluator(QueryContext context) => _context = context;

    /// <summary>A range or a step in milliseconds, which must be more than 0.</summary>
    /// <exception cref="QueryExecutionException">It is not.</exception>
    public long Positive(Duration duration)
    {
        long milliseconds = Milliseconds(duration);
        return milliseconds > 0
            ? milliseconds
            : throw new QueryExecutionException($"{_context.PositionOf(duration.Span)}: duration must be greater than 0");
    }

    /// <summary>An offset in milliseconds, of either sign; 0 when there is none.</summary>
    public long Offset(Duration? duration) => duration is null ? 0 : Milliseconds(duration);

    private long Milliseconds(Duration duration)
    {
        double seconds = Seconds(duration);
        return Math.Abs(seconds) < MaxSeconds
            ? (long)(decimal.Round((decimal)seconds * 1_000_000_000) / 1_000_000)
            : throw new QueryExecutionException($"{_context.PositionOf(duration.Span)}: duration out of range");
    }

    private double Seconds(Duration duration) => duration switch
    {
        DurationLiteral literal => literal.Seconds,
        DurationQueryValue { IsStep: true } => _context.StepSeconds,
        DurationQueryValue => _context.RangeSeconds,
        DurationNegation negation => -Seconds(negation.Operand),
        DurationParen paren => Seconds(paren.Inner),
        DurationChoice { IsMax: true } choice => Math.Max(Seconds(choice.Left), Seconds(choice.Right)),
        DurationChoice choice => Math.Min(Seconds(choice.Left), Seconds(choice.Right)),
        DurationBinary binary => Combine(binary),
        _ => throw new UnreachableException(),
    };

    private double Combine(DurationBinary binary)
    {
        double left = Seconds(binary.Left);
        double right = Seconds(binary.Right);
        return binary.Operator switch
        {
            BinaryOperator.Add => left + right,
            BinaryOperator.Subtract => left - right,
            BinaryOperator.Multiply => left * right,
            BinaryOperator.Divide when right == 0 => throw DivisionByZero("division", binary),
            BinaryOperator.Divide => left / right,
            BinaryOperator.Modulo when right == 0 => throw DivisionByZero("modulo", binary),
            BinaryOperator.Modulo => left % right,
            BinaryOperator.Power => Math.Pow(left, right),
            _ => throw new UnreachableException(),
        };
    }

    private QueryExecutionException DivisionByZero(string operation, DurationBinary binary) =>
        new($"{_context.PositionOf(binary.Right.Span)}: {operation} by zero");
}
