using Tsdb.Query.Errors;
using Tsdb.Query.Results;

namespace Tsdb.Query.Aggregations;

/// <summary>The parameter k of <c>topk</c>, <c>bottomk</c> and <c>limitk</c>.</summary>
internal static class SeriesCount
{
    private const double Int64End = 9223372036854775808.0; // 2^63

    /// <summary>Reads the k of every step; the rules are those of <see cref="Of"/>.</summary>
    public static long[] OfEach(ReadOnlySpan<double> ks)
    {
        long[] counts = new long[ks.Length];
        for (int step = 0; step < counts.Length; step++)
        {
            counts[step] = Of(ks[step]);
        }

        return counts;
    }

    /// <summary>Reads k as Prometheus does: cut to a whole number; less than 1 keeps nothing.</summary>
    /// <exception cref="QueryExecutionException">k is NaN or does not fit 64 bits.</exception>
    public static long Of(double k) =>
        double.IsNaN(k) ? throw new QueryExecutionException("Parameter value is NaN")
        : k <= -Int64End ? throw new QueryExecutionException($"Scalar value {PrometheusNumber.ToText(k)} underflows int64")
        : k >= Int64End ? throw new QueryExecutionException($"Scalar value {PrometheusNumber.ToText(k)} overflows int64")
        : (long)k;
}
