namespace Tsdb.Query.Results;

/// <summary>One value of a result series.</summary>
/// <param name="Step">Which step of <see cref="QueryResult.StepTimeMs"/> it belongs to; -1 for raw samples.</param>
/// <param name="TimestampNs">Its time, nanoseconds since the Unix epoch.</param>
/// <param name="Value">Its value.</param>
public readonly record struct ResultPoint(int Step, long TimestampNs, double Value);
