using Tsdb.Query.Functions;
using Tsdb.Query.Operators;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Planning;

/// <summary>Plans functions of a range vector.</summary>
internal static class RangeCalls
{
    /// <summary>How to plan each function.</summary>
    public static IReadOnlyDictionary<string, CallPlanner.FunctionPlan> Plans { get; } = new Dictionary<string, CallPlanner.FunctionPlan>
    {
        ["rate"] = static (planner, call, grid) => Rate(planner, call, grid, isCounter: true, isPerSecond: true),
        ["increase"] = static (planner, call, grid) => Rate(planner, call, grid, isCounter: true, isPerSecond: false),
        ["delta"] = static (planner, call, grid) => Rate(planner, call, grid, isCounter: false, isPerSecond: false),
        ["irate"] = Of<IrateKernel>,
        ["idelta"] = Of<IdeltaKernel>,
        ["sum_over_time"] = Of<SumOverTimeKernel>,
        ["avg_over_time"] = Of<AvgOverTimeKernel>,
        ["count_over_time"] = Of<CountOverTimeKernel>,
        ["present_over_time"] = Of<PresentOverTimeKernel>,
        ["min_over_time"] = Of<MinOverTimeKernel>,
        ["max_over_time"] = Of<MaxOverTimeKernel>,
        ["first_over_time"] = OfSample<FirstOverTimeKernel>,
        ["last_over_time"] = OfSample<LastOverTimeKernel>,
        ["stddev_over_time"] = Of<StddevOverTimeKernel>,
        ["stdvar_over_time"] = Of<StdvarOverTimeKernel>,
        ["mad_over_time"] = Of<MadOverTimeKernel>,
        ["ts_of_first_over_time"] = Of<TimestampOfFirstKernel>,
        ["ts_of_last_over_time"] = Of<TimestampOfLastKernel>,
        ["ts_of_min_over_time"] = Of<TimestampOfMinKernel>,
        ["ts_of_max_over_time"] = Of<TimestampOfMaxKernel>,
        ["changes"] = Of<ChangesKernel>,
        ["resets"] = Of<ResetsKernel>,
        ["deriv"] = Of<DerivKernel>,
        ["predict_linear"] = static (planner, call, grid) => WithParameters<PredictLinearKernel>(planner, call, grid, range: 0, 1),
        ["quantile_over_time"] = QuantileOverTime,
        ["double_exponential_smoothing"] =
            static (planner, call, grid) => WithParameters<SmoothingKernel>(planner, call, grid, range: 0, 1, 2),
        ["absent_over_time"] = AbsentOverTime,
    };

    private static RangeFunctionOperator Of<TKernel>(QueryPlanner planner, Call call, StepGrid grid)
        where TKernel : struct, IWindowKernel => new(
            planner.Context, planner.Range(call.Arguments[0], grid), new WindowFunction<TKernel>(), null, null, default);

    private static RangeFunctionOperator OfSample<TKernel>(QueryPlanner planner, Call call, StepGrid grid)
        where TKernel : struct, IWindowKernel => new(
            planner.Context, planner.Range(call.Arguments[0], grid), new WindowFunction<TKernel>(), null, null,
            new RangeFunctionTraits(KeepsName: true, CounterPosition: null));

    private static RangeFunctionOperator WithParameters<TKernel>(
        QueryPlanner planner, Call call, StepGrid grid, int range, int first, int? second = null)
        where TKernel : struct, IWindowKernel => new(
            planner.Context,
            planner.Range(call.Arguments[range], grid),
            new WindowFunction<TKernel>(),
            planner.ScalarArgument(call.Arguments[first], grid),
            second is { } index ? planner.ScalarArgument(call.Arguments[index], grid) : null,
            default);

    private static RangeFunctionOperator Rate(QueryPlanner planner, Call call, StepGrid grid, bool isCounter, bool isPerSecond)
    {
        string position = planner.Context.PositionOf(call.Arguments[0].Span);
        RangeFunction function = EdgeRules.Of(call.Arguments[0]) != RangeEdges.Plain ? new ExtendedRateFunction(isCounter, isPerSecond)
            : isCounter && planner.Context.Features.StartTimestamps ? new StartTimestampRateFunction(planner.Context, position, isPerSecond)
            : new RateFunction(isCounter, isPerSecond);
        return new RangeFunctionOperator(
            planner.Context, planner.Range(call.Arguments[0], grid), function, null, null,
            new RangeFunctionTraits(KeepsName: false, isCounter ? position : null));
    }

    private static RangeFunctionOperator QuantileOverTime(QueryPlanner planner, Call call, StepGrid grid) => new(
        planner.Context,
        planner.Range(call.Arguments[1], grid),
        new QuantileOverTimeFunction(planner.Context, planner.Context.PositionOf(call.Arguments[0].Span)),
        planner.ScalarArgument(call.Arguments[0], grid),
        null,
        default);

    private static AbsentOperator AbsentOverTime(QueryPlanner planner, Call call, StepGrid grid) => new(
        planner.Context, Of<PresentOverTimeKernel>(planner, call, grid), AbsentLabels.Of(call.Arguments[0]));
}
