using System.Runtime.CompilerServices;
using Tsdb.Encoding.Gorilla;
using Tsdb.Storage.Chunks;

namespace Tsdb.Storage.Memtable;

/// <summary>Chunks of which a series' each sample is newer than the one it had here before.</summary>
/// <remarks>One writer; readers search and walk without a lock, as <see cref="ChunkAppender"/> and <see cref="SkipList"/> say.</remarks>
internal sealed unsafe class ChunkLane
{
    private readonly HotSlots _slots;
    private readonly ChunkAppender _chunks;

    /// <summary>Begins an empty lane.</summary>
    public ChunkLane(NativeArena arena, BlockAllocator blocks)
    {
        List = new SkipList(arena);
        _slots = new HotSlots(arena);
        _chunks = new ChunkAppender(arena, List, blocks);
    }

    /// <summary>The lane's chunks; in a memtable's first lane the leaves, too.</summary>
    public SkipList List { get; }

    /// <summary>Says whether a sample at a time would be the newest of the series whose hot line this is. Writer only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNewest(SeriesHot* hot, long timestampNs) =>
        hot->Published == 0 || timestampNs > hot->Encoder.LastTimestampNs;

    /// <summary>The hot line of a series, added when it has none. Writer only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SeriesHot* GetOrAdd(uint slot) => _slots.GetOrAdd(slot);

    /// <summary>The hot line of a series; null when it has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SeriesHot* Find(uint slot) => _slots.Find(slot);

    /// <summary>Puts back a chunk that was gathered from this lane; each series' come oldest first. Writer only.</summary>
    /// <param name="slot">The series.</param>
    /// <param name="chunk">The chunk; its bytes are copied.</param>
    /// <param name="isLast">True for the series' last chunk here, which goes on taking samples.</param>
    /// <param name="lastTimeNs">Its last sample's time.</param>
    /// <returns>False, with nothing changed, when it is no such chunk.</returns>
    public bool TryRestore(uint slot, in ChunkSlice chunk, bool isLast, out long lastTimeNs)
    {
        lastTimeNs = chunk.MaxTimeNs;
        if (chunk.Count > ChunkAppender.MaxSamples || chunk.LengthBytes > BlockAllocator.LargestBytes || GetOrAdd(slot)->Published != 0)
        {
            return false;
        }

        if (!isLast)
        {
            _chunks.RestoreClosed(slot, chunk);
            return true;
        }

        if (!GorillaResumer.TryResume(chunk.Bytes, chunk.Unit, chunk.Count, out GorillaState state))
        {
            return false;
        }

        lastTimeNs = state.LastTimestampNs;
        _chunks.RestoreOpen(GetOrAdd(slot), slot, chunk, state);
        return true;
    }

    /// <summary>Takes a sample that is the newest of its series. Writer only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(SeriesHot* hot, uint slot, long timestampNs, double value)
    {
        if (hot->Published == 0)
        {
            _chunks.Begin(hot, slot, timestampNs, value);
        }
        else
        {
            _chunks.Append(hot, slot, timestampNs, value);
        }
    }
}
