using Tsdb.Storage.Chunks;

namespace Tsdb.Storage.Checkpoints;

/// <summary>Takes what a checkpoint holds: its header, then its series, then their chunks, by ascending slots. Each call says whether it fits what came before.</summary>
internal interface ICheckpointVisitor
{
    /// <summary>The checkpoint begins.</summary>
    void OnHeader(in CheckpointHeader header);

    /// <summary>A slot stands for a series, whose labels are canonical and borrowed for the call.</summary>
    bool OnSeries(uint slot, ReadOnlySpan<byte> canonicalLabels);

    /// <summary>A chunk or leaf, of any slot: in order of rank, each rank's oldest first. Its bytes are borrowed for the call.</summary>
    bool OnChunk(uint slot, in ChunkSlice chunk, bool isLast);
}
