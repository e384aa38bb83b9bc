namespace Tsdb.Query.Functions;

/// <summary>Shares of classic histograms, interpolated linearly within a bucket: the inverse of <see cref="BucketQuantile"/>.</summary>
internal static class BucketFraction
{
    /// <summary>The share of observations between two bounds; sorts the buckets in place.</summary>
    /// <param name="lower">The lower bound.</param>
    /// <param name="upper">The upper bound.</param>
    /// <param name="buckets">At least one bucket, in any order.</param>
    /// <returns>NaN without a +Inf bucket, without observations or when a bound is NaN; 0 when the bounds cross.</returns>
    public static double Of(double lower, double upper, Span<Bucket> buckets)
    {
        buckets.Sort(static (left, right) => left.UpperBound.CompareTo(right.UpperBound));
        if (!double.IsPositiveInfinity(buckets[^1].UpperBound))
        {
            return double.NaN;
        }

        buckets = BucketQuantile.Coalesce(buckets);
        double count = buckets[^1].Count;
        if (count == 0 || double.IsNaN(lower) || double.IsNaN(upper))
        {
            return double.NaN;
        }

        return lower >= upper ? 0 : (RankOf(upper, buckets) - RankOf(lower, buckets)) / count;
    }

    // How many observations lie below a bound. A first bucket that ends above 0 is taken to begin there.
    private static double RankOf(double bound, ReadOnlySpan<Bucket> buckets)
    {
        double total = buckets[^1].Count;
        double start = buckets[0].UpperBound <= 0 ? double.NegativeInfinity : 0;
        double rank = 0;
        foreach (Bucket bucket in buckets)
        {
            if (start >= bound)
            {
                return Math.Min(rank, total);
            }

            if (bucket.UpperBound > bound)
            {
                double within = double.IsNegativeInfinity(start)
                    ? bucket.Count
                    : rank + ((bucket.Count - rank) * (bound - start) / (bucket.UpperBound - start));
                return within > total ? total : within;
            }

            rank = bucket.Count;
            start = bucket.UpperBound;
        }

        return total;
    }
}
