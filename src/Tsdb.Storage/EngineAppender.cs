using Tsdb.Model.Placement;
using Tsdb.Model.Writing;
using Tsdb.Storage.Retention;
using Tsdb.Storage.Series;
using Tsdb.Storage.Shards;

namespace Tsdb.Storage;

/// <summary>The engine's <see cref="IAppender"/>: places each series on its shard and hands each shard its part of a batch.</summary>
internal sealed class EngineAppender(Shard[] shards, RetentionPolicy retention) : IAppender
{
    /// <inheritdoc/>
    public TenantId Tenant => TenantId.Default;

    /// <inheritdoc/>
    public int ShardCount => shards.Length;

    /// <inheritdoc/>
    public long OldestAcceptedTimestampNs => retention.OldestKeptTimestampNs;

    /// <inheritdoc/>
    public long Forgettings
    {
        get
        {
            long sum = 0;
            foreach (Shard shard in shards)
            {
                sum += shard.Forgettings;
            }

            return sum;
        }
    }

    /// <inheritdoc/>
    public bool AreKnown(ReadOnlySpan<SeriesHandle> handles)
    {
        foreach (SeriesHandle handle in handles)
        {
            if (!shards[handle.Shard].Series.Contains(handle.Series.Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public SeriesHandle Resolve(ReadOnlySpan<byte> canonicalLabels)
    {
        int shard = SeriesPlacement.ShardOf(SeriesPlacement.VirtualShardOf(canonicalLabels), shards.Length);
        return new SeriesHandle((ushort)shard, shards[shard].Resolve(canonicalLabels));
    }

    /// <inheritdoc/>
    public void Append(WriteBatch batch)
    {
        for (int i = 0; i < shards.Length; i++)
        {
            ShardColumns columns = batch.Shards[i];
            if (!columns.IsEmpty)
            {
                shards[i].Append(Tenant, columns);
            }
        }

        batch.ClearSamples();
    }

    /// <inheritdoc/>
    public ValueTask WaitAsync(WriteBatch batch, Durability durability, CancellationToken cancellationToken)
    {
        // Every shard is asked before the first is awaited, so that their syncs run side by side.
        var waits = new List<Task>(shards.Length);
        for (int i = 0; i < shards.Length; i++)
        {
            long position = batch.Shards[i].LogPosition;
            if (position > 0)
            {
                waits.Add(shards[i].WaitAsync(position, durability, cancellationToken).AsTask());
            }
        }

        return waits.Count == 0 ? ValueTask.CompletedTask : new ValueTask(Task.WhenAll(waits));
    }
}
