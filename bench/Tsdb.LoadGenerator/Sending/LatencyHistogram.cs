using System.Numerics;

namespace Tsdb.LoadGenerator.Sending;

/// <summary>Counts durations in buckets at most 1/64 wide, relative to their value; exact below 128 microseconds. Not thread-safe: one a connection, merged at the end.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 6; // 64 buckets for each doubling
    private const int SubCount = 1 << SubBits;

    private readonly long[] _counts = new long[(64 - SubBits) * SubCount];

    /// <summary>Durations counted.</summary>
    public long Count { get; private set; }

    /// <summary>The longest, in microseconds.</summary>
    public long MaxMicros { get; private set; }

    /// <summary>Counts a duration, at least 0 microseconds.</summary>
    public void Add(long micros)
    {
        _counts[Bucket(micros)]++;
        Count++;
        MaxMicros = Math.Max(MaxMicros, micros);
    }

    /// <summary>Adds what another counted.</summary>
    public void Merge(LatencyHistogram other)
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
        MaxMicros = Math.Max(MaxMicros, other.MaxMicros);
    }

    /// <summary>The duration in microseconds that a fraction (0 to 1) of all do not exceed, rounded up to its bucket's end; 0 when there are none.</summary>
    public long Quantile(double fraction)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(fraction * Count));
        for (int i = 0; i < _counts.Length && Count > 0; i++)
        {
            rank -= _counts[i];
            if (rank <= 0)
            {
                return Math.Min(BucketEnd(i), MaxMicros);
            }
        }

        return MaxMicros;
    }

    // Values below 2 * SubCount have a bucket each; above, a bucket is the value without all but its SubBits + 1 highest bits.
    private static int Bucket(long micros)
    {
        int shift = Math.Max(0, BitOperations.Log2((ulong)micros | 1) - SubBits);
        return (shift << SubBits) + (int)(micros >> shift);
    }

    private static long BucketEnd(int bucket)
    {
        int shift = Math.Max(0, (bucket >> SubBits) - 1);
        long top = bucket - (shift << SubBits);
        return ((top + 1) << shift) - 1;
    }
}
