namespace Tsdb.Model.Metadata;

/// <summary>Where metric metadata is kept: one entry a family, the latest. Safe for concurrent use.</summary>
public interface IMetadataStore
{
    /// <summary>
    /// Remembers what a sender says of a family. Visible at once; on disk after <see cref="SaveAsync"/>. Costs a look-up when nothing changed, so it may
    /// be called for every series of every request.
    /// </summary>
    /// <param name="family">The family's name, UTF-8. Nothing is kept when it is empty, too long or not UTF-8, or when the store is full.</param>
    /// <param name="type">What kind of metric it is.</param>
    /// <param name="help">What it means; cut when it is very long.</param>
    /// <param name="unit">The unit of its values.</param>
    void Set(ReadOnlySpan<byte> family, MetricType type, ReadOnlySpan<byte> help, ReadOnlySpan<byte> unit);

    /// <summary>Completes when everything set before is on disk; at once when nothing changed.</summary>
    /// <exception cref="Errors.UnavailableException">The disk refuses; what was set stays visible and the next call tries again.</exception>
    ValueTask SaveAsync(CancellationToken cancellationToken);

    /// <summary>All of it, by family in ordinal order of UTF-8.</summary>
    IReadOnlyList<MetricMetadata> List();
}
