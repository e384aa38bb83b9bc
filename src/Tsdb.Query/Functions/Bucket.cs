namespace Tsdb.Query.Functions;

/// <summary>One bucket of a classic histogram at one step.</summary>
/// <param name="UpperBound">The value of its <c>le</c> label.</param>
/// <param name="Count">How many observations are at most the upper bound.</param>
internal record struct Bucket(double UpperBound, double Count);
