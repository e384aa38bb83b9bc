namespace Tsdb.Query.Functions;

/// <summary>Quantiles of classic histograms, interpolated linearly within a bucket.</summary>
internal static class BucketQuantile
{
    private const double SmallDeltaTolerance = 1e-12; // differences below it, relative to both counts, are rounding errors

    /// <summary>The quantile <paramref name="q"/>; sorts and mends the buckets in place.</summary>
    /// <param name="q">The quantile.</param>
    /// <param name="buckets">At least one bucket, in any order.</param>
    /// <param name="isForced">Set to true when counts had to be raised so that they do not fall from bucket to bucket.</param>
    /// <returns>NaN without a +Inf bucket, with a single bucket or without observations; -Inf below 0, +Inf above 1.</returns>
    public static double Of(double q, Span<Bucket> buckets, ref bool isForced)
    {
        if (double.IsNaN(q))
        {
            return double.NaN;
        }

        if (q is < 0 or > 1)
        {
            return q < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        buckets.Sort(static (left, right) => left.UpperBound.CompareTo(right.UpperBound));
        if (!double.IsPositiveInfinity(buckets[^1].UpperBound))
        {
            return double.NaN;
        }

        buckets = Coalesce(buckets);
        isForced |= ForceMonotonic(buckets);
        double observations = buckets[^1].Count;
        if (buckets.Length < 2 || observations == 0 || double.IsNaN(observations))
        {
            return double.NaN;
        }

        return Interpolate(q * observations, buckets);
    }

    private static double Interpolate(double rank, ReadOnlySpan<Bucket> buckets)
    {
        int index = 0;
        while (index < buckets.Length - 1 && buckets[index].Count < rank)
        {
            index++;
        }

        if (index == buckets.Length - 1)
        {
            return buckets[^2].UpperBound;
        }

        if (index == 0)
        {
            double only = buckets[0].UpperBound;
            return only <= 0 ? only : only * (rank / buckets[0].Count);
        }

        double start = buckets[index - 1].UpperBound;
        double count = buckets[index].Count - buckets[index - 1].Count;
        return start + ((buckets[index].UpperBound - start) * ((rank - buckets[index - 1].Count) / count));
    }

    /// <summary>Adds up buckets with the same bound, in place.</summary>
    /// <param name="buckets">At least one bucket, sorted by bound.</param>
    /// <returns>The buckets left.</returns>
    public static Span<Bucket> Coalesce(Span<Bucket> buckets)
    {
        int last = 0;
        for (int i = 1; i < buckets.Length; i++)
        {
            if (buckets[i].UpperBound == buckets[last].UpperBound)
            {
                buckets[last].Count += buckets[i].Count;
            }
            else
            {
                buckets[++last] = buckets[i];
            }
        }

        return buckets[..(last + 1)];
    }

    // A count lower than the one before is raised to it; only what cannot be a rounding error is reported.
    private static bool ForceMonotonic(Span<Bucket> buckets)
    {
        bool isForced = false;
        double previous = buckets[0].Count;
        for (int i = 1; i < buckets.Length; i++)
        {
            double current = buckets[i].Count;
            if (current == previous)
            {
                continue;
            }

            bool isRoundingError = IsAlmostEqual(previous, current);
            if (isRoundingError || current < previous)
            {
                buckets[i].Count = previous;
                isForced |= !isRoundingError;
            }
            else
            {
                previous = current;
            }
        }

        return isForced;
    }

    private static bool IsAlmostEqual(double left, double right)
    {
        const double smallestNormal = 2.2250738585072014e-308;
        double sum = Math.Abs(left) + Math.Abs(right);
        double difference = Math.Abs(left - right);
        return left == 0 || right == 0 || sum < smallestNormal
            ? difference < SmallDeltaTolerance * smallestNormal
            : difference / Math.Min(sum, double.MaxValue) < SmallDeltaTolerance;
    }
}
