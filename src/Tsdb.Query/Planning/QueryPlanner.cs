using System.Diagnostics;
using Tsdb.Model.Matching;
using Tsdb.Query.Functions;
using Tsdb.Query.Operators;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Planning;

/// <summary>Turns an analysed syntax tree into a tree of operators; the caller owns and disposes what it returns. Used by one thread.</summary>
/// <remarks>
/// Selectors, binary operators, aggregations and calls have planners of their own; this one holds what joins them: the choice by node, and the
/// hoisting of what does not depend on the step.
/// </remarks>
internal sealed class QueryPlanner
{
    private readonly SelectorPlanner _selectors;
    private readonly BinaryPlanner _binaries;
    private readonly AggregatePlanner _aggregates;
    private readonly CallPlanner _calls;

    /// <summary>Creates a planner for one query.</summary>
    public QueryPlanner(QueryContext context)
    {
        Context = context;
        _selectors = new SelectorPlanner(this);
        _binaries = new BinaryPlanner(this);
        _aggregates = new AggregatePlanner(this);
        _calls = new CallPlanner(this);
    }

    /// <summary>The query planned for.</summary>
    public QueryContext Context { get; }

    /// <summary>Plans an instant vector over a grid.</summary>
    public VectorOperator Vector(Expression expression, StepGrid grid)
    {
        if (grid.Count > 1 && StepInvariance.Holds(expression))
        {
            return new StepInvariantOperator(Context, Vector(expression, StepGrid.Single(grid.StartMs)), grid);
        }

        VectorOperator plan = PlanOf(expression, grid);
        bool mayDropName = expression is Call or Binary or Unary { Negate: true };
        return mayDropName && !Context.Features.DelayedNameRemoval
            ? new NameRemovalOperator(Context, plan, mayCollide: !MetricNames.AreNotNeeded(expression))
            : plan;
    }

    /// <summary>Plans an instant selector that gives something else than the values of the samples it picks.</summary>
    public VectorOperator Selector(VectorSelector selector, StepGrid grid, SelectorYield yield) => _selectors.Instant(selector, grid, yield);

    /// <summary>Plans the info series of <c>info(argument)</c>: the timestamps of their latest samples, seen from where the argument looks.</summary>
    public VectorOperator InfoSeries(Expression argument, IReadOnlyList<LabelMatcher> matchers, StepGrid grid) =>
        _selectors.InfoSeries(argument, matchers, grid);

    /// <summary>Plans a scalar over a grid.</summary>
    public ScalarOperator Scalar(Expression expression, StepGrid grid)
    {
        if (grid.Count > 1 && expression is not NumberLiteral && StepInvariance.Holds(expression))
        {
            ScalarOperator once = Scalar(expression, StepGrid.Single(grid.StartMs));
            return once is ConstantScalar constant ? new ConstantScalar(grid, constant.Value) : new StepInvariantScalar(once, grid);
        }

        return expression switch
        {
            NumberLiteral number => new ConstantScalar(grid, number.Value),
            Paren paren => Scalar(paren.Inner, grid),
            Unary unary => Negate(Scalar(unary.Operand, grid), unary.Negate),
            Binary binary => _binaries.Scalar(binary, grid),
            Call call => _calls.Scalar(call, grid),
            _ => throw new UnreachableException($"{expression.GetType().Name} is not a scalar."),
        };
    }

    /// <summary>Plans a scalar argument, evaluated once and kept for all series.</summary>
    public ScalarValues ScalarArgument(Expression expression, StepGrid grid) => new(Context, Scalar(expression, grid));

    /// <summary>Plans a range vector over the windows of a grid.</summary>
    public RangeOperator Range(Expression expression, StepGrid grid) => Parentheses.Unwrap(expression) switch
    {
        MatrixSelector matrix => _selectors.Range(matrix, grid),
        Subquery subquery => _selectors.Subquery(subquery, grid),
        _ => throw new UnreachableException($"{expression.GetType().Name} is not a range vector."),
    };

    /// <summary>The text of a string argument.</summary>
    public static string Text(Expression expression) => ((StringLiteral)Parentheses.Unwrap(expression)).Value;

    private VectorOperator PlanOf(Expression expression, StepGrid grid) => expression switch
    {
        VectorSelector selector => _selectors.Instant(selector, grid, SelectorYield.Values),
        Paren paren => Vector(paren.Inner, grid),
        Unary { Negate: true } unary => new MathOperator<RoundingFunctions.Negate>(Context, Vector(unary.Operand, grid)),
        Unary unary => Vector(unary.Operand, grid),
        Binary binary => _binaries.Vector(binary, grid),
        Aggregate aggregate => _aggregates.Vector(aggregate, grid),
        Call call => _calls.Vector(call, grid),
        _ => throw new UnreachableException($"{expression.GetType().Name} is not a vector."),
    };

    private static ScalarOperator Negate(ScalarOperator operand, bool negate) => (operand, negate) switch
    {
        (_, false) => operand,
        (ConstantScalar constant, true) => new ConstantScalar(constant.Grid, -constant.Value),
        _ => new NegatedScalar(operand),
    };
}
