using Tsdb.Model.Placement;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>What the cache knows of a line prefix: the fields to expect and their series. Borrowed from the cache; valid as long as it is reachable.</summary>
internal readonly ref struct SeriesGroup(ulong id, FieldTemplate template, ReadOnlySpan<SeriesHandle> handles)
{
    /// <summary>Identifies the group for the cache's lifetime; 0 means the prefix is not known.</summary>
    public ulong Id { get; } = id;

    /// <summary>The fields to expect.</summary>
    public FieldTemplate Template { get; } = template;

    /// <summary>The series of each field of the template.</summary>
    public ReadOnlySpan<SeriesHandle> Handles { get; } = handles;

    /// <summary>The group of a prefix that is not known.</summary>
    public static SeriesGroup None => new(0, FieldTemplate.Empty, []);
}
