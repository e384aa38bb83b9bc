namespace Tsdb.Query.Syntax.Grammar;

/// <summary>The grouping of an aggregation.</summary>
/// <param name="Labels">The labels named.</param>
/// <param name="Without">True when they are the labels to drop.</param>
internal sealed record AggregateGrouping(LabelList Labels, bool Without);
