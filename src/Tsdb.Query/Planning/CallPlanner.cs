using System.Collections.Frozen;
using System.Diagnostics;
using Tsdb.Query.Functions;
using Tsdb.Query.Operators;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Planning;

/// <summary>Plans function calls: finds who plans a function by its name.</summary>
internal sealed class CallPlanner
{
    private static readonly FrozenDictionary<string, FunctionPlan> Functions =
        MathCalls.Plans.Concat(RangeCalls.Plans).Concat(VectorCalls.Plans).ToFrozenDictionary(StringComparer.Ordinal);

    private readonly QueryPlanner _planner;

    /// <summary>Creates the part of a planner.</summary>
    public CallPlanner(QueryPlanner planner) => _planner = planner;

    /// <summary>Plans a call.</summary>
    internal delegate VectorOperator FunctionPlan(QueryPlanner planner, Call call, StepGrid grid);

    /// <summary>Plans a call whose result is a vector.</summary>
    public VectorOperator Vector(Call call, StepGrid grid)
    {
        EdgeRules.Check(call);
        return Functions[call.Function](_planner, call, grid);
    }

    /// <summary>Plans a call whose result is a scalar.</summary>
    public ScalarOperator Scalar(Call call, StepGrid grid)
    {
        QueryContext context = _planner.Context;
        return call.Function switch
        {
            "time" => new TimeScalar(grid),
            "pi" => new ConstantScalar(grid, Math.PI),
            "scalar" => new ScalarOfVector(context, _planner.Vector(call.Arguments[0], grid)),
            "start" => new ConstantScalar(grid, context.QueryGrid.StartMs / 1000.0),
            "end" => new ConstantScalar(grid, context.QueryEndMs / 1000.0),
            "step" => new ConstantScalar(grid, context.StepSeconds),
            "range" => new ConstantScalar(grid, context.RangeSeconds),
            "min_of" => OfTwo(call, grid, BinaryKernel.Of<BinaryArithmetic.Minimum>()),
            "max_of" => OfTwo(call, grid, BinaryKernel.Of<BinaryArithmetic.Maximum>()),
            _ => throw new UnreachableException($"The analysis lets {call.Function} pass, but no one plans it."),
        };
    }

    private BinaryScalar OfTwo(Call call, StepGrid grid, BinaryKernel kernel) =>
        new(_planner.Scalar(call.Arguments[0], grid), _planner.Scalar(call.Arguments[1], grid), kernel);
}
