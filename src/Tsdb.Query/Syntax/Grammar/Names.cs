using Tsdb.Query.Syntax.Lexing;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>Which kinds of tokens may be names: most keywords may, where nothing else can be meant.</summary>
internal static class Names
{
    /// <summary>The names of aggregations.</summary>
    public static readonly TokenKind[] Aggregations =
    [
        TokenKind.Sum, TokenKind.Avg, TokenKind.Count, TokenKind.Min, TokenKind.Max, TokenKind.Group, TokenKind.StdDev, TokenKind.StdVar,
        TokenKind.TopK, TokenKind.BottomK, TokenKind.CountValues, TokenKind.Quantile, TokenKind.LimitK, TokenKind.LimitRatio,
    ];

    /// <summary>Names a function can have.</summary>
    public static readonly TokenKind[] Functions =
    [
        TokenKind.Identifier, TokenKind.Start, TokenKind.End, TokenKind.Step, TokenKind.Range, TokenKind.MinOf, TokenKind.MaxOf,
    ];

    /// <summary>Names a metric can have that neither a function nor an aggregation can.</summary>
    public static readonly TokenKind[] OtherMetrics =
    [
        TokenKind.MetricIdentifier, TokenKind.And, TokenKind.Or, TokenKind.Unless, TokenKind.By, TokenKind.Without, TokenKind.Offset,
        TokenKind.Anchored, TokenKind.Smoothed,
    ];

    /// <summary>Names a label can have in a list of labels.</summary>
    public static readonly TokenKind[] Labels =
    [
        .. Aggregations, .. Functions, .. OtherMetrics, TokenKind.Atan2, TokenKind.Bool, TokenKind.On, TokenKind.Ignoring,
        TokenKind.GroupLeft, TokenKind.GroupRight, TokenKind.Fill, TokenKind.FillLeft, TokenKind.FillRight,
    ];
}
