using Tsdb.Model.Labels;
using Tsdb.Query.Analysis;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Planning;

/// <summary>Tells expressions whose series stay distinct without their metric names, so that dropping the names needs no check.</summary>
internal static class MetricNames
{
    /// <summary>True when it is certain that no two series of an expression differ in their names alone.</summary>
    public static bool AreNotNeeded(Expression expression) => expression switch
    {
        VectorSelector selector => selector.Matchers.Any(static matcher => matcher is { Name: LabelNames.MetricName, Type: Model.Matching.MatchType.Equal }),
        MatrixSelector matrix => AreNotNeeded(matrix.Selector),
        Subquery subquery => AreNotNeeded(subquery.Inner),
        Paren paren => AreNotNeeded(paren.Inner),
        Unary unary => AreNotNeeded(unary.Operand),
        Aggregate aggregate => AreNotNeeded(aggregate),
        Binary binary => AreNotNeeded(binary),
        Call { Function: not ("label_replace" or "label_join" or "info") } call => call.Arguments.All(IsNotVectorOrAreNotNeeded),
        _ => false,
    };

    private static bool AreNotNeeded(Aggregate aggregate) => aggregate.Operator switch
    {
        AggregateOperator.TopK or AggregateOperator.BottomK or AggregateOperator.LimitK or AggregateOperator.LimitRatio =>
            AreNotNeeded(aggregate.Inner),
        AggregateOperator.CountValues => false, // which may make a name of the values
        _ => aggregate.Without || !aggregate.Grouping.Contains(LabelNames.MetricName),
    };

    private static bool AreNotNeeded(Binary binary)
    {
        bool isBetweenVectors = !IsScalar(binary.Left) && !IsScalar(binary.Right);
        return !isBetweenVectors
            ? IsNotVectorOrAreNotNeeded(binary.Left) && IsNotVectorOrAreNotNeeded(binary.Right)
            : binary.Matching.Cardinality == MatchCardinality.OneToOne && !binary.Matching.Labels.Contains(LabelNames.MetricName);
    }

    private static bool IsNotVectorOrAreNotNeeded(Expression argument) =>
        ExpressionKinds.Of(argument) is ValueKind.Scalar or ValueKind.String || AreNotNeeded(argument);

    private static bool IsScalar(Expression expression) => ExpressionKinds.Of(expression) == ValueKind.Scalar;
}
