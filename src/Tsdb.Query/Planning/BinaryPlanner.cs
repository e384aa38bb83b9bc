using Tsdb.Query.Analysis;
using Tsdb.Query.Errors;
using Tsdb.Query.Functions;
using Tsdb.Query.Operators;
using Tsdb.Query.Syntax.Printing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Planning;

/// <summary>Plans binary operators, by what stands on their sides.</summary>
internal sealed class BinaryPlanner
{
    private readonly QueryPlanner _planner;
    private readonly QueryContext _context;

    /// <summary>Creates the part of a planner.</summary>
    public BinaryPlanner(QueryPlanner planner)
    {
        _planner = planner;
        _context = planner.Context;
    }

    /// <summary>Plans an operator between two scalars, folding constants.</summary>
    public ScalarOperator Scalar(Binary binary, StepGrid grid)
    {
        ScalarOperator left = _planner.Scalar(binary.Left, grid);
        ScalarOperator right = _planner.Scalar(binary.Right, grid);
        if (IsTrimming(binary.Operator))
        {
            throw new QueryExecutionException($"operator \"{Symbols.Of(binary.Operator)}\" not allowed for Scalar operations");
        }

        BinaryKernel kernel = BinaryKernel.For(binary.Operator, returnBool: true, keepsRight: false);
        if (left is ConstantScalar l && right is ConstantScalar r)
        {
            double[] folded = [l.Value];
            kernel.Apply(folded, [r.Value], folded, default);
            return new ConstantScalar(grid, folded[0]);
        }

        return new BinaryScalar(left, right, kernel);
    }

    /// <summary>Plans an operator with at least one vector.</summary>
    public VectorOperator Vector(Binary binary, StepGrid grid)
    {
        bool isLeftScalar = ExpressionKinds.Of(binary.Left) == ValueKind.Scalar;
        bool isRightScalar = ExpressionKinds.Of(binary.Right) == ValueKind.Scalar;
        bool dropsName = binary.ReturnBool || !Comparison.Is(binary.Operator);
        if (isLeftScalar || isRightScalar)
        {
            Expression vector = isLeftScalar ? binary.Right : binary.Left;
            Expression scalar = isLeftScalar ? binary.Left : binary.Right;
            BinaryKernel kernel = KernelOf(binary, keepsRight: isLeftScalar);
            return new VectorScalarOperator(
                _context, _planner.Vector(vector, grid), _planner.ScalarArgument(scalar, grid), kernel, isLeftScalar, dropsName);
        }

        VectorOperator left = _planner.Vector(binary.Left, grid);
        VectorOperator right = _planner.Vector(binary.Right, grid);
        var rule = new MatchRule(binary.Matching);
        return binary.Operator switch
        {
            BinaryOperator.And => new AndOperator(_context, left, right, rule, isUnless: false),
            BinaryOperator.Unless => new AndOperator(_context, left, right, rule, isUnless: true),
            BinaryOperator.Or => new OrOperator(_context, left, right, rule),
            _ => Match(binary, left, right, rule, dropsName),
        };
    }

    private static bool IsTrimming(BinaryOperator op) => op is BinaryOperator.TrimLower or BinaryOperator.TrimUpper;

    private BinaryKernel KernelOf(Binary binary, bool keepsRight) => IsTrimming(binary.Operator)
        ? new IncompatibleTypesKernel(_context.Annotations, binary.Operator, _context.PositionOf(binary.Span))
        : BinaryKernel.For(binary.Operator, binary.ReturnBool, keepsRight);

    private VectorMatchOperator Match(Binary binary, VectorOperator left, VectorOperator right, MatchRule rule, bool dropsName)
    {
        int steps = left.Grid.Count;
        BinaryKernel kernel = KernelOf(binary, keepsRight: false);
        var combiner = new MatchCombiner(rule, kernel, dropsName, steps);
        (VectorOperator many, VectorOperator one) = rule.IsOneLeft ? (right, left) : (left, right);

        // Prometheus turns group_right into group_left by exchanging the operands but not the fill values, so fill_left is always the value of
        // the "many" side.
        (double? fillMany, double? fillOne) = (binary.Matching.FillLeft, binary.Matching.FillRight);
        MatchFill? fill = fillMany is null && fillOne is null ? null : new MatchFill(_context, rule, combiner, steps, fillMany, fillOne);
        return new VectorMatchOperator(_context, many, new OneSide(_context, one, rule), rule, combiner, fill);
    }
}
