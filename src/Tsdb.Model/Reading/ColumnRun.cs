using Tsdb.Model.Samples;

namespace Tsdb.Model.Reading;

/// <summary>Describes a run of samples before it is decoded.</summary>
/// <param name="Kind">What the values are.</param>
/// <param name="Count">How many samples; at least 1.</param>
/// <param name="MinTimeNs">A bound at or before the first sample's timestamp.</param>
/// <param name="MaxTimeNs">A bound at or after the last sample's timestamp.</param>
/// <param name="TimestampColumnId">Equal ids mean equal timestamp columns; 0 means not known.</param>
/// <param name="HasStartTimestamps">Whether any sample of the run has a start timestamp.</param>
public readonly record struct ColumnRun(
    SampleKind Kind, int Count, long MinTimeNs, long MaxTimeNs, ulong TimestampColumnId, bool HasStartTimestamps);
