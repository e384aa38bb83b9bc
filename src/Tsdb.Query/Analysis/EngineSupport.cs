using System.Collections.Frozen;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Analysis;

/// <summary>What of PromQL an engine can evaluate. The parser accepts all of it; the analysis refuses the rest by name.</summary>
public sealed record EngineSupport
{
    /// <summary>An engine that can evaluate everything.</summary>
    public static EngineSupport Everything { get; } = new();

    /// <summary>The functions the engine has.</summary>
    public FrozenSet<string> Functions { get; init; } = FunctionTable.All.Select(static function => function.Name).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The aggregations the engine has.</summary>
    public FrozenSet<AggregateOperator> Aggregations { get; init; } = Enum.GetValues<AggregateOperator>().ToFrozenSet();

    /// <summary>True when the engine has <c>&lt;/</c> and <c>&gt;/</c>.</summary>
    public bool HistogramTrimming { get; init; } = true;

    /// <summary>True when the engine has <c>fill</c>, <c>fill_left</c> and <c>fill_right</c>.</summary>
    public bool FillModifiers { get; init; } = true;

    /// <summary>True when the engine has <c>anchored</c> and <c>smoothed</c>.</summary>
    public bool RangeEdges { get; init; } = true;

    /// <summary>What of the expression the engine lacks, as the subject of a sentence; null when it lacks nothing of it. Operands are not looked at.</summary>
    internal string? FindLack(Expression expression) => expression switch
    {
        Call call when !Functions.Contains(call.Function) => $"the function {call.Function}",
        Aggregate aggregate when !Aggregations.Contains(aggregate.Operator) => $"the aggregation {Syntax.Printing.Symbols.Of(aggregate.Operator)}",
        Binary { Operator: BinaryOperator.TrimLower or BinaryOperator.TrimUpper } binary when !HistogramTrimming =>
            $"the operator {Syntax.Printing.Symbols.Of(binary.Operator)}",
        Binary { Matching: { FillLeft: not null } or { FillRight: not null } } when !FillModifiers => "the modifier fill",
        VectorSelector { Edges: not Syntax.Tree.RangeEdges.Plain } when !RangeEdges => "the modifier anchored or smoothed",
        _ => null,
    };
}
