namespace Tsdb.Model.Time;

/// <summary>A span of time, both ends included, in nanoseconds since the Unix epoch.</summary>
/// <param name="MinTimeNs">The first instant of the range.</param>
/// <param name="MaxTimeNs">The last instant of the range; the range is empty when it lies before the first.</param>
public readonly record struct TimeRange(long MinTimeNs, long MaxTimeNs)
{
    /// <summary>The range that holds every timestamp.</summary>
    public static TimeRange All => new(long.MinValue, long.MaxValue);

    /// <summary>True when the range holds no instant.</summary>
    public bool IsEmpty => MaxTimeNs < MinTimeNs;

    /// <summary>Says whether the two ranges share an instant.</summary>
    public bool Overlaps(TimeRange other) => MinTimeNs <= other.MaxTimeNs && other.MinTimeNs <= MaxTimeNs;

    /// <summary>Says whether <paramref name="timestampNs"/> lies in the range.</summary>
    public bool Contains(long timestampNs) => MinTimeNs <= timestampNs && timestampNs <= MaxTimeNs;
}
