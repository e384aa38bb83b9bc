using Tsdb.Query.Syntax.Printing;
using Tsdb.Query.Syntax.Text;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Analysis;

/// <summary>The rules for binary operators, in the order in which Prometheus checks them.</summary>
internal static class BinaryRules
{
    /// <summary>What is wrong with an operator between operands of these kinds, and where; null when nothing is.</summary>
    public static (TextSpan Span, string Reason)? FindFault(Binary binary, ValueKind left, ValueKind right)
    {
        bool isComparison = binary.Operator is >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual;
        if (binary.ReturnBool && !isComparison)
            return (binary.OperatorSpan, "bool modifier can only be used on comparison operators");
        bool betweenScalars = left == ValueKind.Scalar && right == ValueKind.Scalar;
        if (isComparison && !binary.ReturnBool && betweenScalars)
            return (binary.OperatorSpan, "comparisons between scalars must use BOOL modifier");
        if (FindSharedLabel(binary.Matching) is { } label)
            return (binary.OperatorSpan, $"label {QuotedText.Quote(label)} must not occur in ON and GROUP clause at once");

        foreach ((Expression operand, ValueKind kind) in ((Expression, ValueKind)[])[(binary.Left, left), (binary.Right, right)])
        {
            if (kind is not (ValueKind.Scalar or ValueKind.Vector))
                return (operand.Span, "binary expression must contain only scalar and instant vector types");
        }

        string? reason = left == ValueKind.Vector && right == ValueKind.Vector ? FindSetFault(binary) : FindScalarFault(binary);
        return reason is null ? null : (binary.Span, reason);
    }

    /// <summary>True for <c>and</c>, <c>or</c> and <c>unless</c>.</summary>
    public static bool IsSetOperator(BinaryOperator op) => op is BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Unless;

    private static string? FindSharedLabel(VectorMatching matching) =>
        matching.On ? matching.Labels.FirstOrDefault(label => matching.Include.Contains(label)) : null;

    // Both operands are vectors.
    private static string? FindSetFault(Binary binary)
    {
        if (!IsSetOperator(binary.Operator))
            return null;
        if (binary.Matching.Cardinality != MatchCardinality.ManyToMany)
            return $"no grouping allowed for {QuotedText.Quote(Symbols.Of(binary.Operator))} operation";
        return HasFill(binary) ? "filling in missing series not allowed for set operators" : null;
    }

    // At least one operand is a scalar.
    private static string? FindScalarFault(Binary binary)
    {
        if (binary.Matching.Labels.Length > 0)
            return "vector matching only allowed between instant vectors";
        if (HasFill(binary))
            return "filling in missing series only allowed between instant vectors";
        return IsSetOperator(binary.Operator)
            ? $"set operator {QuotedText.Quote(Symbols.Of(binary.Operator))} not allowed in binary scalar expression"
            : null;
    }

    private static bool HasFill(Binary binary) => binary.Matching.FillLeft is not null || binary.Matching.FillRight is not null;
}
