using Tsdb.Model.Placement;

namespace Tsdb.Model.Writing;

/// <summary>
/// Where decoded samples go: the seam between wire formats and the engine. Resolve each series once, keep its handle, fill a batch, append it, and
/// wait until it is durable. Safe for concurrent use; a <see cref="WriteBatch"/> is not.
/// </summary>
public interface IAppender
{
    /// <summary>Whose data this appender writes.</summary>
    TenantId Tenant { get; }

    /// <summary>How many shards there are: handles name shards 0 to this minus one. Fixed while the engine is open.</summary>
    int ShardCount { get; }

    /// <summary>The oldest timestamp retention still accepts; <see cref="long.MinValue"/> when data is kept for ever.</summary>
    /// <remarks>A wire format reports older samples as refused, with their place, instead of appending them.</remarks>
    long OldestAcceptedTimestampNs { get; }

    /// <summary>
    /// Grows when series that nobody writes to leave memory. Whoever keeps handles asks before each batch; when it has grown, handles that go on being
    /// used must be <see cref="AreKnown"/>, and those not used until it grows again are better let go of.
    /// </summary>
    /// <remarks>
    /// A handle kept too long is recognised, never mistaken for another series: <see cref="Append"/> then refuses the batch, and this grows by two.
    /// </remarks>
    long Forgettings => 0;

    /// <summary>Says whether every handle still names a series.</summary>
    bool AreKnown(ReadOnlySpan<SeriesHandle> handles) => true;

    /// <summary>Finds the series with these labels, creating it if there is none.</summary>
    /// <param name="canonicalLabels">A <see cref="Labels.CanonicalLabels">canonical</see> label set; copied, not kept.</param>
    SeriesHandle Resolve(ReadOnlySpan<byte> canonicalLabels);

    /// <summary>
    /// Logs and applies the batch's samples, makes them visible to queries, and empties the batch for reuse. The batch remembers what it has to wait for.
    /// </summary>
    /// <remarks>Equal samples are no-ops; of different values at one timestamp the last appended wins, also within a batch.</remarks>
    /// <exception cref="Errors.UnavailableException">
    /// Memory is full, the disk refuses writes, or a handle was kept too long. Part of the batch may have been applied; writing it again is harmless.
    /// </exception>
    void Append(WriteBatch batch);

    /// <summary>Completes when everything appended from <paramref name="batch"/> so far is as durable as asked.</summary>
    /// <exception cref="Errors.UnavailableException">The log could not be written or synced: the samples must count as not written.</exception>
    ValueTask WaitAsync(WriteBatch batch, Durability durability, CancellationToken cancellationToken);
}
