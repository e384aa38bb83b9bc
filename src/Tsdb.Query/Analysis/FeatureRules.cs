using Tsdb.Query.Syntax.Printing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Analysis;

/// <summary>Finds what of a query is switched off. The parser accepts all of the language; the analysis refuses by name what is off.</summary>
internal static class FeatureRules
{
    /// <summary>What of an expression is switched off, as the subject of a sentence; null when nothing is. Operands are not looked at.</summary>
    public static string? FindSwitchedOff(Expression expression, QueryFeatures features) => expression switch
    {
        Call call when !features.ExperimentalFunctions && FunctionTable.Find(call.Function)!.IsExperimental => $"the function {call.Function}",
        Aggregate { Operator: AggregateOperator.LimitK or AggregateOperator.LimitRatio } aggregate when !features.ExperimentalFunctions =>
            $"the aggregation {Symbols.Of(aggregate.Operator)}",
        Binary { Matching: { FillLeft: not null } or { FillRight: not null } } when !features.FillModifiers => "the modifier fill",
        VectorSelector { Edges: not RangeEdges.Plain } when !features.ExtendedRangeSelectors => "the modifier anchored or smoothed",
        VectorSelector selector when IsOff(selector.Offset, features) => "a duration with operators",
        MatrixSelector matrix when IsOff(matrix.Range, features) => "a duration with operators",
        Subquery subquery when IsOff(subquery.Range, features) || IsOff(subquery.Step, features) || IsOff(subquery.Offset, features) =>
            "a duration with operators",
        _ => null,
    };

    private static bool IsOff(Duration? duration, QueryFeatures features) =>
        !features.DurationExpressions && duration is not (null or DurationLiteral or DurationNegation { Operand: DurationLiteral });
}
