namespace Tsdb.Query.Operators;

/// <summary>What holds for a range function beside its arithmetic.</summary>
/// <param name="KeepsName">True when results keep the metric name: they are samples of the series, not something derived.</param>
/// <param name="CounterPosition">Where the argument stands in the query, for functions that expect counters; null for others.</param>
internal readonly record struct RangeFunctionTraits(bool KeepsName, string? CounterPosition);
