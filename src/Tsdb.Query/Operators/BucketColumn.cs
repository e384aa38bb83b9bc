namespace Tsdb.Query.Operators;

/// <summary>One bucket of a classic histogram at every step.</summary>
/// <param name="UpperBound">The value of its <c>le</c> label.</param>
/// <param name="Counts">How many observations are at most the upper bound.</param>
internal readonly record struct BucketColumn(double UpperBound, SeriesColumn Counts);
