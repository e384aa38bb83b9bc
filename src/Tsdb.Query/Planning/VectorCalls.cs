using Tsdb.Query.Functions;
using Tsdb.Query.Operators;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Planning;

/// <summary>Plans functions of a whole vector, or of its labels.</summary>
internal static class VectorCalls
{
    /// <summary>How to plan each function.</summary>
    public static IReadOnlyDictionary<string, CallPlanner.FunctionPlan> Plans { get; } = new Dictionary<string, CallPlanner.FunctionPlan>
    {
        ["vector"] = static (planner, call, grid) =>
            new VectorOfScalarOperator(planner.Context, planner.Scalar(call.Arguments[0], grid)),
        ["absent"] = static (planner, call, grid) =>
            new AbsentOperator(planner.Context, planner.Vector(call.Arguments[0], grid), AbsentLabels.Of(call.Arguments[0])),
        ["timestamp"] = Timestamp,
        ["sort"] = static (planner, call, grid) => Sort(planner, call, grid, SeriesOrder.ByValue),
        ["sort_desc"] = static (planner, call, grid) => Sort(planner, call, grid, SeriesOrder.ByValueDescending),
        ["sort_by_label"] = static (planner, call, grid) => Sort(planner, call, grid, SeriesOrder.ByLabels(SortLabels(call), false)),
        ["sort_by_label_desc"] = static (planner, call, grid) => Sort(planner, call, grid, SeriesOrder.ByLabels(SortLabels(call), true)),
        ["label_replace"] = LabelReplace,
        ["label_join"] = LabelJoin,
        ["start_timestamp"] = StartTimestamp,
        ["info"] = static (planner, call, grid) => new InfoOperator(planner.Context, planner.Vector(call.Arguments[0], grid), new InfoSource(planner, call, grid)),
        ["histogram_quantile"] = HistogramQuantile,
        ["histogram_quantiles"] = HistogramQuantiles,
        ["histogram_fraction"] = HistogramFraction,
        ["histogram_count"] = OfNativeHistograms,
        ["histogram_sum"] = OfNativeHistograms,
        ["histogram_avg"] = OfNativeHistograms,
        ["histogram_stddev"] = OfNativeHistograms,
        ["histogram_stdvar"] = OfNativeHistograms,
    };

    private static VectorOperator Timestamp(QueryPlanner planner, Call call, StepGrid grid) =>
        Parentheses.Unwrap(call.Arguments[0]) is VectorSelector selector
            ? planner.Selector(selector, grid, SelectorYield.Timestamps)
            : new StepTimeOperator(planner.Context, planner.Vector(call.Arguments[0], grid));

    // Only stored samples have start timestamps; what an expression computes from them has none.
    private static VectorOperator StartTimestamp(QueryPlanner planner, Call call, StepGrid grid) =>
        planner.Context.Features.StartTimestamps && Parentheses.Unwrap(call.Arguments[0]) is VectorSelector selector
            ? planner.Selector(selector, grid, SelectorYield.StartTimestamps)
            : new EmptyOperator(planner.Context, grid);

    private static FloatsIgnoredOperator OfNativeHistograms(QueryPlanner planner, Call call, StepGrid grid) =>
        new(planner.Context, planner.Vector(call.Arguments[0], grid));

    private static SortOperator Sort(QueryPlanner planner, Call call, StepGrid grid, Comparison<EvaluatedSeries> order)
    {
        QueryContext context = planner.Context;
        if (context.IsRangeQuery)
        {
            context.Annotations.Warn(
                "sort is ineffective for range queries since results are always ordered by labels", context.PositionOf(call.Span));
        }

        return new SortOperator(context, planner.Vector(call.Arguments[0], grid), order);
    }

    private static string[] SortLabels(Call call) => [.. call.Arguments.Skip(1).Select(QueryPlanner.Text)];

    private static RelabelOperator LabelReplace(QueryPlanner planner, Call call, StepGrid grid)
    {
        string[] texts = [.. call.Arguments.Skip(1).Select(QueryPlanner.Text)];
        return new RelabelOperator(
            planner.Context, planner.Vector(call.Arguments[0], grid), new LabelReplaceRule(texts[0], texts[1], texts[2], texts[3]));
    }

    private static RelabelOperator LabelJoin(QueryPlanner planner, Call call, StepGrid grid)
    {
        string[] texts = [.. call.Arguments.Skip(1).Select(QueryPlanner.Text)];
        return new RelabelOperator(
            planner.Context, planner.Vector(call.Arguments[0], grid), new LabelJoinRule(texts[0], texts[1], texts[2..]));
    }

    private static HistogramQuantileOperator HistogramQuantile(QueryPlanner planner, Call call, StepGrid grid)
    {
        string position = planner.Context.PositionOf(call.Arguments[1].Span);
        return new HistogramQuantileOperator(
            Buckets(planner, call.Arguments[1], grid), [Quantile(planner, call.Arguments[0], grid)], label: null, position);
    }

    private static HistogramQuantileOperator HistogramQuantiles(QueryPlanner planner, Call call, StepGrid grid)
    {
        string position = planner.Context.PositionOf(call.Arguments[1].Span);
        QuantileArgument[] quantiles = [.. call.Arguments.Skip(2).Select(argument => Quantile(planner, argument, grid))];
        return new HistogramQuantileOperator(
            Buckets(planner, call.Arguments[0], grid), quantiles, QueryPlanner.Text(call.Arguments[1]), position);
    }

    private static HistogramFractionOperator HistogramFraction(QueryPlanner planner, Call call, StepGrid grid) => new(
        Buckets(planner, call.Arguments[2], grid),
        planner.ScalarArgument(call.Arguments[0], grid),
        planner.ScalarArgument(call.Arguments[1], grid));

    private static QuantileArgument Quantile(QueryPlanner planner, Expression argument, StepGrid grid) =>
        new(planner.ScalarArgument(argument, grid), planner.Context.PositionOf(argument.Span));

    private static ClassicHistograms Buckets(QueryPlanner planner, Expression argument, StepGrid grid) =>
        new(planner.Context, planner.Vector(argument, grid), planner.Context.PositionOf(argument.Span));
}
