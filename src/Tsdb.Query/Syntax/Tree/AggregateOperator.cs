namespace Tsdb.Query.Syntax.Tree;

/// <summary>The aggregations over series.</summary>
public enum AggregateOperator : byte
{
    /// <summary><c>sum</c></summary>
    Sum,

    /// <summary><c>avg</c></summary>
    Avg,

    /// <summary><c>count</c></summary>
    Count,

    /// <summary><c>min</c></summary>
    Min,

    /// <summary><c>max</c></summary>
    Max,

    /// <summary><c>group</c>: 1 for each group.</summary>
    Group,

    /// <summary><c>stddev</c>: population standard deviation.</summary>
    StdDev,

    /// <summary><c>stdvar</c>: population variance.</summary>
    StdVar,

    /// <summary><c>topk</c>, with the number of series as parameter.</summary>
    TopK,

    /// <summary><c>bottomk</c>, with the number of series as parameter.</summary>
    BottomK,

    /// <summary><c>count_values</c>, with the name of the new label as parameter.</summary>
    CountValues,

    /// <summary><c>quantile</c>, with the quantile as parameter.</summary>
    Quantile,

    /// <summary><c>limitk</c>, with the number of series as parameter.</summary>
    LimitK,

    /// <summary><c>limit_ratio</c>, with the share of series as parameter.</summary>
    LimitRatio,
}
