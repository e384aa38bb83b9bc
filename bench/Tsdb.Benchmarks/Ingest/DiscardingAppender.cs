using Tsdb.Model.Labels;
using Tsdb.Model.Placement;
using Tsdb.Model.Writing;

namespace Tsdb.Benchmarks.Ingest;

/// <summary>An engine of two shards that numbers series and forgets samples.</summary>
internal sealed class DiscardingAppender : IAppender
{
    private readonly Dictionary<LabelSet, SeriesHandle> _handles = [];

    /// <inheritdoc/>
    public TenantId Tenant => TenantId.Default;

    /// <inheritdoc/>
    public int ShardCount => 2;

    /// <inheritdoc/>
    public long OldestAcceptedTimestampNs => long.MinValue;

    /// <inheritdoc/>
    public SeriesHandle Resolve(ReadOnlySpan<byte> canonicalLabels)
    {
        LabelSet labels = LabelSet.FromCanonical(canonicalLabels);
        if (!_handles.TryGetValue(labels, out SeriesHandle handle))
        {
            int shard = labels["host"].GetHashCode(StringComparison.Ordinal) & 1;
            handle = new SeriesHandle((ushort)shard, new SeriesRef((uint)_handles.Count));
            _handles.Add(labels, handle);
        }

        return handle;
    }

    /// <inheritdoc/>
    public void Append(WriteBatch batch) => batch.ClearSamples();

    /// <inheritdoc/>
    public ValueTask WaitAsync(WriteBatch batch, Durability durability, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
