using Tsdb.Query.Syntax;
using Tsdb.Query.Syntax.Text;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Analysis;

/// <summary>Checks that the kinds of all expressions fit, and gives the kind of the whole. Every function of the query is known.</summary>
internal sealed class KindChecker(string query)
{
    /// <summary>Checks an expression and all below it.</summary>
    public ValueKind Check(Expression expression) => expression switch
    {
        NumberLiteral => ValueKind.Scalar,
        StringLiteral => ValueKind.String,
        Paren paren => Check(paren.Inner),
        Unary unary => CheckUnary(unary),
        Binary binary => CheckBinary(binary),
        Aggregate aggregate => CheckAggregate(aggregate),
        Call call => CheckCall(call),
        Subquery subquery => CheckSubquery(subquery),
        MatrixSelector matrix => CheckMatrix(matrix),
        VectorSelector vector => CheckVector(vector),
        _ => throw new ArgumentException($"The node {expression.GetType().Name} is no expression of a query.", nameof(expression)),
    };

    private ValueKind CheckUnary(Unary unary)
    {
        ValueKind kind = Check(unary.Operand);
        if (kind is not (ValueKind.Scalar or ValueKind.Vector))
        {
            string name = QuotedText.Quote(ExpressionKinds.Name(kind));
            throw Fault(unary, $"unary expression only allowed on expressions of type scalar or instant vector, got {name}");
        }

        return kind;
    }

    private ValueKind CheckBinary(Binary binary)
    {
        ValueKind left = Check(binary.Left);
        ValueKind right = Check(binary.Right);
        if (BinaryRules.FindFault(binary, left, right) is var (span, reason))
            throw new QuerySyntaxException(query, span, reason);
        return left == ValueKind.Scalar && right == ValueKind.Scalar ? ValueKind.Scalar : ValueKind.Vector;
    }

    private ValueKind CheckAggregate(Aggregate aggregate)
    {
        Expect(aggregate.Inner, ValueKind.Vector, "aggregation expression");
        if (aggregate.Parameter is not null)
        {
            ValueKind expected = aggregate.Operator == AggregateOperator.CountValues ? ValueKind.String : ValueKind.Scalar;
            Expect(aggregate.Parameter, expected, "aggregation parameter");
        }

        return ValueKind.Vector;
    }

    private ValueKind CheckCall(Call call)
    {
        FunctionSignature function = FunctionTable.Find(call.Function)!;
        CheckArgumentCount(call, function);
        VectorSelector? infoSelector = call.Function == "info" && call.Arguments.Length > 1 ? InfoSelector(call.Arguments[1]) : null;
        string context = $"call to function {QuotedText.Quote(call.Function)}";
        for (int i = 0; i < call.Arguments.Length; i++)
        {
            if (!ReferenceEquals(call.Arguments[i], infoSelector)) // which may select by labels alone, and match everything
                Expect(call.Arguments[i], function.ArgumentKind(i), context);
        }

        return function.Returns;
    }

    private void CheckArgumentCount(Call call, FunctionSignature function)
    {
        int given = call.Arguments.Length;
        string where = $"argument(s) in call to {QuotedText.Quote(call.Function)}, got {given}";
        if (function.MinArguments == function.MaxArguments && given != function.MinArguments)
            throw Fault(call, $"expected {function.MinArguments} {where}");
        if (given < function.MinArguments)
            throw Fault(call, $"expected at least {function.MinArguments} {where}");
        if (given > function.MaxArguments)
            throw Fault(call, $"expected at most {function.MaxArguments} {where}");
    }

    private VectorSelector InfoSelector(Expression argument) => argument switch
    {
        VectorSelector { Name: null } selector => selector,
        VectorSelector => throw Fault(argument, "expected label selectors only, got vector selector instead"),
        _ => throw Fault(argument, "expected label selectors only"),
    };

    private ValueKind CheckSubquery(Subquery subquery)
    {
        ValueKind kind = Check(subquery.Inner);
        if (kind != ValueKind.Vector)
        {
            string name = kind switch { ValueKind.Scalar => "scalar", ValueKind.Matrix => "matrix", _ => "string" };
            throw Fault(subquery, $"subquery is only allowed on instant vector, got {name} instead");
        }

        return ValueKind.Matrix;
    }

    private ValueKind CheckMatrix(MatrixSelector matrix)
    {
        Check(matrix.Selector);
        return ValueKind.Matrix;
    }

    private ValueKind CheckVector(VectorSelector vector)
    {
        if (SelectorRules.FindFault(vector) is { } reason)
            throw Fault(vector, reason);
        return ValueKind.Vector;
    }

    private void Expect(Expression expression, ValueKind expected, string context)
    {
        ValueKind kind = Check(expression);
        if (kind != expected)
            throw Fault(expression, $"expected type {ExpressionKinds.Name(expected)} in {context}, got {ExpressionKinds.Name(kind)}");
    }

    private QuerySyntaxException Fault(Expression expression, string reason) => new(query, expression.Span, reason);
}
