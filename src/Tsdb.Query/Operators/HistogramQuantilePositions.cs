namespace Tsdb.Query.Operators;

/// <summary>Where the arguments of <c>histogram_quantile</c> stand in the query, for its annotations.</summary>
/// <param name="Quantile">The quantile.</param>
/// <param name="Buckets">The histogram's buckets.</param>
internal readonly record struct HistogramQuantilePositions(string Quantile, string Buckets);
