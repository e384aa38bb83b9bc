using Tsdb.Storage.Chunks;
using Tsdb.Storage.Wal;

namespace Tsdb.Storage.Checkpoints;

/// <summary>Reads a checkpoint only to see that it can be read, and that each chunk is of a series it names.</summary>
internal sealed class CheckpointCheck : ICheckpointVisitor
{
    private readonly SlotSet _slots = new();

    /// <inheritdoc/>
    public void OnHeader(in CheckpointHeader header)
    {
        // Whose it is has been checked.
    }

    /// <inheritdoc/>
    public bool OnSeries(uint slot, ReadOnlySpan<byte> canonicalLabels)
    {
        _slots.Add(slot);
        return true;
    }

    /// <inheritdoc/>
    public bool OnChunk(uint slot, in ChunkSlice chunk, bool isLast) => _slots.Contains(slot);
}
