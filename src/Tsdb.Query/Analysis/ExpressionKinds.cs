using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Analysis;

/// <summary>What expressions evaluate to, and what the kinds are called.</summary>
public static class ExpressionKinds
{
    /// <summary>The kind of an expression that the analysis accepted.</summary>
    /// <exception cref="ArgumentException">The expression calls an unknown function.</exception>
    public static ValueKind Of(Expression expression) => expression switch
    {
        NumberLiteral => ValueKind.Scalar,
        StringLiteral => ValueKind.String,
        VectorSelector or Aggregate => ValueKind.Vector,
        MatrixSelector or Subquery => ValueKind.Matrix,
        Paren paren => Of(paren.Inner),
        Unary unary => Of(unary.Operand),
        Binary binary => OfBinary(binary),
        Call call => FunctionTable.Find(call.Function)?.Returns
            ?? throw new ArgumentException($"The function {call.Function} is unknown.", nameof(expression)),
        _ => throw new ArgumentException($"The node {expression.GetType().Name} is no expression of a query.", nameof(expression)),
    };

    /// <summary>The kind as the documentation calls it.</summary>
    internal static string Name(ValueKind kind) => kind switch
    {
        ValueKind.Scalar => "scalar",
        ValueKind.Vector => "instant vector",
        ValueKind.Matrix => "range vector",
        _ => "string",
    };

    // Chains of operators lean to the left; walking down in a loop spares the stack.
    private static ValueKind OfBinary(Binary binary)
    {
        while (Of(binary.Right) == ValueKind.Scalar)
        {
            if (binary.Left is not Binary left)
                return Of(binary.Left) == ValueKind.Scalar ? ValueKind.Scalar : ValueKind.Vector;
            binary = left;
        }

        return ValueKind.Vector;
    }
}
