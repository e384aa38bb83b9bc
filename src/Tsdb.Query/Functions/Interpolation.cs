namespace Tsdb.Query.Functions;

/// <summary>The value between two samples, on the line that joins them.</summary>
internal static class Interpolation
{
    /// <summary>The value at a time between sample <paramref name="next"/> and the one before it, in Prometheus' order of operations.</summary>
    /// <param name="timestampsNs">The samples' timestamps.</param>
    /// <param name="values">The samples' values.</param>
    /// <param name="next">Index of the later sample; at least 1.</param>
    /// <param name="timeNs">When.</param>
    /// <param name="isCounter">True to take a fall between the two as a restart from zero at the earlier one.</param>
    public static double At(ReadOnlySpan<long> timestampsNs, ReadOnlySpan<double> values, int next, long timeNs, bool isCounter)
    {
        double later = values[next];
        double earlier = isCounter && later < values[next - 1] ? 0 : values[next - 1];
        double elapsed = timeNs - timestampsNs[next - 1];
        double between = timestampsNs[next] - timestampsNs[next - 1];
        return earlier + ((later - earlier) * elapsed / between);
    }
}
