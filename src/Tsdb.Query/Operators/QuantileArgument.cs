namespace Tsdb.Query.Operators;

/// <summary>A quantile that a query asks for.</summary>
/// <param name="Values">The quantile at each step; owned.</param>
/// <param name="Position">Where it stands in the query, for warnings.</param>
internal sealed record QuantileArgument(ScalarValues Values, string Position);
