namespace Tsdb.Model.Placement;

/// <summary>Identifies a series within one shard. Assigned in creation order; never reused in a data folder.</summary>
/// <param name="Value">The series' slot number.</param>
public readonly record struct SeriesRef(uint Value);
