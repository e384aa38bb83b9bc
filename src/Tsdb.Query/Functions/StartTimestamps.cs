namespace Tsdb.Query.Functions;

/// <summary>What start timestamps, the times counters began to count, say about two samples that follow each other. 0 means unknown.</summary>
internal static class StartTimestamps
{
    /// <summary>Says whether the counter restarted between two samples.</summary>
    /// <remarks>
    /// A start at the previous sample is that of a delta, or of a cumulative series whose start is unknown; it is the former when the previous
    /// sample had a plausible start of its own.
    /// </remarks>
    public static bool IsReset(long previousStartNs, long previousNs, long startNs, long timestampNs)
    {
        if (startNs == 0 || startNs >= timestampNs || startNs < previousNs)
        {
            return false;
        }

        return startNs > previousNs || (previousStartNs != 0 && previousStartNs < previousNs);
    }

    /// <summary>Says whether a sample claims to have begun before the previous one, but not when that one began.</summary>
    public static bool Overlaps(long previousStartNs, long previousNs, long startNs) =>
        startNs != 0 && startNs < previousNs && startNs != previousStartNs;
}
