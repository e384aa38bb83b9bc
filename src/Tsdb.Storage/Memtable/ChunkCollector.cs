using Tsdb.Encoding;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Storage.Chunks;

namespace Tsdb.Storage.Memtable;

/// <summary>Gathers the chunks and leaves of one series in a time range, without a lock, while the shard's writer goes on.</summary>
/// <remarks>
/// Of the samples that came in order it gathers a prefix: if one is there, so are all that came before it. Chunks do not overlap each other, nor
/// leaves each other.
/// </remarks>
internal unsafe ref struct ChunkCollector
{
    private readonly NativeArena _arena;
    private readonly SkipList _list;
    private readonly SeriesHot* _hot;
    private readonly uint _slot;
    private readonly TimeRange _range;
    private readonly long _rank;
    private readonly long _leafRank;
    private readonly ref long _newestTimeNs;
    private readonly List<ChunkSlice> _into;
    private uint _openNode;     // the chunk that was open when it was looked at; 0 when none was
    private int _openIndex;     // where it lies in _into; -1 when it lay outside the range
    private int _leafIndex;     // where the last leaf lies in _into; -1 when there is none

    /// <summary>Prepares to gather.</summary>
    /// <param name="arena">Where everything lies.</param>
    /// <param name="list">The chunks and leaves.</param>
    /// <param name="hot">The series' hot line.</param>
    /// <param name="slot">The series.</param>
    /// <param name="range">Samples outside it need not be gathered.</param>
    /// <param name="rank">The rank of chunks.</param>
    /// <param name="leafRank">The rank of leaves.</param>
    /// <param name="newestTimeNs">A time no sample is after; the writer raises it before it appends one.</param>
    /// <param name="into">Receives the slices.</param>
    public ChunkCollector(
        NativeArena arena,
        SkipList list,
        SeriesHot* hot,
        uint slot,
        TimeRange range,
        long rank,
        long leafRank,
        ref long newestTimeNs,
        List<ChunkSlice> into)
    {
        _arena = arena;
        _list = list;
        _hot = hot;
        _slot = slot;
        _range = range;
        _rank = rank;
        _leafRank = leafRank;
        _newestTimeNs = ref newestTimeNs;
        _into = into;
        _openIndex = -1;
        _leafIndex = -1;
    }

    /// <summary>What the values of leaves are.</summary>
    public SampleKind LeafKind { private get; init; } = SampleKind.Float;

    /// <summary>Gathers them, each kind oldest first.</summary>
    public void Collect()
    {
        uint node = _list.Floor(_slot, _range.MinTimeNs, NodeKind.Leaf);
        if (node == 0 || _list.At(node)->Series != _slot)
        {
            node = _list.After(node);
        }
        else if (_list.At(node)->State.Kind == NodeKind.Leaf && _list.At(node)->ChunkBefore != 0)
        {
            AddChunk(_list.At(node)->ChunkBefore); // it may reach into the range, over the leaves between
        }

        for (; node != 0; node = _list.After(node))
        {
            ChunkNode* at = _list.At(node);
            if (at->Series != _slot || at->StartNs > _range.MaxTimeNs)
            {
                return;
            }

            if (at->State.Kind == NodeKind.Chunk)
            {
                AddChunk(node);
            }
            else
            {
                AddLeaf(at);
            }
        }
    }

    private void AddChunk(uint node)
    {
        if (_openNode != 0)
        {
            // The next chunk is here, so the open one has been closed since, and may have gained samples before that.
            TryRead(_openNode, out ChunkSlice closed);
            Put(_openIndex, closed);
        }

        bool isOpen = TryRead(node, out ChunkSlice slice);
        int index = Put(-1, slice);
        _openNode = isOpen ? node : 0;
        _openIndex = isOpen ? index : -1;
    }

    // Reads a chunk that may be closing at this moment; true when it was open.
    private readonly bool TryRead(uint node, out ChunkSlice slice)
    {
        ChunkNode* at = _list.At(node);
        var published = new PublishedCount(Volatile.Read(ref _hot->Published));
        ChunkState state = at->State; // after the count: names a block that has at least so many samples
        bool isOpen = state.IsOpen;
        slice = new ChunkSlice
        {
            Data = _arena.At(state.Block),
            LengthBytes = isOpen ? published.LengthBytes : state.LengthBytes,
            Count = isOpen ? published.Count : state.Count,
            Codec = ChunkCodec.Gorilla,
            Unit = state.Unit,
            Kind = SampleKind.Float,
            MinTimeNs = at->StartNs,
            MaxTimeNs = isOpen ? Math.Min(ChunkAppender.WindowEndNs(at->StartNs), Volatile.Read(ref _newestTimeNs)) : at->LastTimeNs,
            Rank = _rank,
        };
        return isOpen;
    }

    private void AddLeaf(ChunkNode* leaf)
    {
        ChunkState state = leaf->State;
        TrimLastLeaf(leaf->StartNs);
        _leafIndex = Put(-1, LeafSlice((LeafSample*)_arena.At(state.Block), state.Count));
    }

    // A leaf read before it was split still has what the leaf after it, read later, has taken over.
    private readonly void TrimLastLeaf(long nextStartNs)
    {
        if (_leafIndex < 0 || _into[_leafIndex].MaxTimeNs < nextStartNs)
        {
            return;
        }

        ChunkSlice last = _into[_leafIndex];
        var samples = (LeafSample*)last.Data;
        _into[_leafIndex] = LeafSlice(samples, LeafSample.FirstNotBefore(samples, last.Count, nextStartNs));
    }

    private readonly ChunkSlice LeafSlice(LeafSample* samples, int count) => new()
    {
        Data = (byte*)samples,
        LengthBytes = count * LeafSample.SizeBytes,
        Count = count,
        Codec = ChunkCodec.Raw,
        Unit = TimeUnit.Nanoseconds,
        Kind = LeafKind,
        MinTimeNs = samples[0].TimestampNs,
        MaxTimeNs = samples[count - 1].TimestampNs,
        Rank = _leafRank,
    };

    // Puts a slice at an index, or at the end for -1, unless it lies outside the range, and returns where it is; -1 when nowhere.
    private readonly int Put(int index, in ChunkSlice slice)
    {
        if (index >= 0)
        {
            _into[index] = slice;
            return index;
        }

        if (!_range.Overlaps(new TimeRange(slice.MinTimeNs, slice.MaxTimeNs)))
        {
            return -1;
        }

        _into.Add(slice);
        return _into.Count - 1;
    }
}
