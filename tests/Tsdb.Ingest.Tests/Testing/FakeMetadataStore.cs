using System.Text;
using Tsdb.Model.Metadata;

namespace Tsdb.Ingest.Tests.Testing;

/// <summary>Metadata in a dictionary that counts how often it was told and saved.</summary>
public sealed class FakeMetadataStore : IMetadataStore
{
    private readonly SortedDictionary<string, MetricMetadata> _entries = new(StringComparer.Ordinal);

    public int SetCount { get; private set; }

    public int SaveCount { get; private set; }

    public void Set(ReadOnlySpan<byte> family, MetricType type, ReadOnlySpan<byte> help, ReadOnlySpan<byte> unit)
    {
        SetCount++;
        string name = Encoding.UTF8.GetString(family);
        _entries[name] = new MetricMetadata(name, type, Encoding.UTF8.GetString(help), Encoding.UTF8.GetString(unit));
    }

    public ValueTask SaveAsync(CancellationToken cancellationToken)
    {
        SaveCount++;
        return ValueTask.CompletedTask;
    }

    public IReadOnlyList<MetricMetadata> List() => [.. _entries.Values];
}
