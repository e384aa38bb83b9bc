using System.Runtime.CompilerServices;

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
