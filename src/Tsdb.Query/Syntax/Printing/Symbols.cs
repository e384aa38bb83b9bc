using Tsdb.Query.Syntax.Tree;
using MatchType = Tsdb.Model.Matching.MatchType; // System.IO has one too

namespace Tsdb.Query.Syntax.Printing;

/// <summary>Operators as they are written.</summary>
internal static class Symbols
{
    /// <summary>A binary operator.</summary>
    public static string Of(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => "or",
        BinaryOperator.And => "and",
        BinaryOperator.Unless => "unless",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Modulo => "%",
        BinaryOperator.Atan2 => "atan2",
        BinaryOperator.Power => "^",
        BinaryOperator.TrimUpper => "</",
        BinaryOperator.TrimLower => ">/",
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    /// <summary>An aggregation.</summary>
    public static string Of(AggregateOperator op) => op switch
    {
        AggregateOperator.Sum => "sum",
        AggregateOperator.Avg => "avg",
        AggregateOperator.Count => "count",
        AggregateOperator.Min => "min",
        AggregateOperator.Max => "max",
        AggregateOperator.Group => "group",
        AggregateOperator.StdDev => "stddev",
        AggregateOperator.StdVar => "stdvar",
        AggregateOperator.TopK => "topk",
        AggregateOperator.BottomK => "bottomk",
        AggregateOperator.CountValues => "count_values",
        AggregateOperator.Quantile => "quantile",
        AggregateOperator.LimitK => "limitk",
        AggregateOperator.LimitRatio => "limit_ratio",
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    /// <summary>The operator of a label matcher.</summary>
    public static string Of(MatchType type) => type switch
    {
        MatchType.Equal => "=",
        MatchType.NotEqual => "!=",
        MatchType.Matches => "=~",
        MatchType.NotMatches => "!~",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
