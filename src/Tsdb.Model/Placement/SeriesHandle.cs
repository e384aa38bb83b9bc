namespace Tsdb.Model.Placement;

/// <summary>Names a series to the engine without its labels: the shard that writes it and its slot there.</summary>
/// <remarks>Ingest caches keep handles; a handle is meaningful only to the engine, and the run of it, that gave it out.</remarks>
/// <param name="Shard">The shard's index, 0-based.</param>
/// <param name="Series">The series within the shard.</param>
public readonly record struct SeriesHandle(ushort Shard, SeriesRef Series);
