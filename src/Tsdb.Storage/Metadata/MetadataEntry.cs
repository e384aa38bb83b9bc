using Tsdb.Model.Metadata;

namespace Tsdb.Storage.Metadata;

/// <summary>What is kept of a metric family, as UTF-8. Immutable.</summary>
/// <param name="Family">The family's name.</param>
/// <param name="Type">What kind of metric it is.</param>
/// <param name="Help">What it means.</param>
/// <param name="Unit">The unit of its values.</param>
internal sealed record MetadataEntry(byte[] Family, MetricType Type, byte[] Help, byte[] Unit)
{
    /// <summary>Bytes the entry takes in memory beside its text, about: objects, references, a slot of the dictionary.</summary>
    private const int OverheadBytes = 200;

    /// <summary>Memory the entry takes, about.</summary>
    public long SizeBytes => OverheadBytes + Family.Length + Help.Length + Unit.Length;

    /// <summary>Says whether the entry says this.</summary>
    public bool Says(MetricType type, ReadOnlySpan<byte> help, ReadOnlySpan<byte> unit) =>
        Type == type && help.SequenceEqual(Help) && unit.SequenceEqual(Unit);
}
