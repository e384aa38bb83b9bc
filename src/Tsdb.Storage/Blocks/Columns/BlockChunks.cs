using Tsdb.Encoding;
using Tsdb.Model.Errors;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Storage.Blocks.Layout;
using Tsdb.Storage.Chunks;

namespace Tsdb.Storage.Blocks.Columns;

/// <summary>The chunks of a block: finds them in the index and checks the checksum of each when it is first read. Safe for concurrent use.</summary>
internal sealed unsafe class BlockChunks
{
    private readonly BlockFile _chunks;
    private readonly ChunkIndex _index;
    private readonly int[] _checked; // a bit per chunk: its checksum matched; a lost race costs a second check

    /// <summary>Views the chunk index and the chunks.</summary>
    public BlockChunks(BlockFile index, BlockFile chunks)
    {
        _chunks = chunks;
        _chunks.EntryOf(SectionType.Chunks);
        _index = new ChunkIndex(index.SectionOf(SectionType.ChunkIndex), new TimestampColumns(index.SectionOf(SectionType.TimestampColumns)));
        _checked = new int[(_index.ChunkCount + 31) / 32];
    }

    /// <summary>How many series there are.</summary>
    public int SeriesCount => _index.RowCount;

    /// <summary>How many chunks there are.</summary>
    public int ChunkCount => _index.ChunkCount;

    /// <summary>Reads what the index says of a series' chunks, in time order.</summary>
    public ChunkEntryReader EntriesOf(uint row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, (uint)_index.RowCount);
        return _index.EntriesOf((int)row);
    }

    /// <summary>Adds the chunks of floats of a series that overlap a range, in time order.</summary>
    /// <exception cref="CorruptionException">The bytes are not what was written.</exception>
    public void Collect(uint row, TimeRange range, long rank, List<ChunkSlice> into)
    {
        ChunkEntryReader entries = EntriesOf(row);
        while (entries.TryRead(out ChunkEntry entry))
        {
            if (entry.Kind == SampleKind.Histogram)
            {
                continue; // those come first, in a time order of their own
            }

            if (entry.Column.MinTimeNs > range.MaxTimeNs)
            {
                return;
            }

            if (entry.Range.Overlaps(range))
            {
                into.Add(SliceOf(entry, rank));
            }
        }
    }

    /// <summary>Adds the chunks of histograms of a series that overlap a range, in time order. A series without any is found out with its first chunk.</summary>
    /// <exception cref="CorruptionException">The bytes are not what was written.</exception>
    public void CollectHistograms(uint row, TimeRange range, long rank, List<ChunkSlice> into)
    {
        ChunkEntryReader entries = EntriesOf(row);
        while (entries.TryRead(out ChunkEntry entry) && entry.Kind == SampleKind.Histogram && entry.Column.MinTimeNs <= range.MaxTimeNs)
        {
            if (entry.Codec != ChunkCodec.Opaque)
            {
                throw new CorruptionException(_chunks.Path, entry.OffsetBytes, $"a chunk of histograms is said to be encoded as {entry.Codec}");
            }

            if (entry.Range.Overlaps(range))
            {
                into.Add(SliceOf(entry, rank));
            }
        }
    }

    private ChunkSlice SliceOf(in ChunkEntry entry, long rank) => new()
    {
        Data = FrameOf(entry) + ChunkFrame.HeaderBytes,
        LengthBytes = entry.LengthBytes,
        Count = entry.Column.Count,
        Codec = entry.Codec,
        Unit = entry.Unit,
        Kind = entry.Kind,
        MinTimeNs = entry.Column.MinTimeNs,
        MaxTimeNs = entry.Column.MaxTimeNs,
        Rank = rank,
        TimestampColumnId = entry.Column.Id,
    };

    private byte* FrameOf(in ChunkEntry entry)
    {
        byte* frame = _chunks.PointerTo(entry.OffsetBytes, entry.FrameBytes);
        ref int word = ref _checked[entry.Ordinal / 32];
        int bit = 1 << (entry.Ordinal % 32);
        if ((Volatile.Read(ref word) & bit) == 0)
        {
            if (entry.FrameBytes > int.MaxValue || !ChunkFrame.IsIntact(new ReadOnlySpan<byte>(frame, (int)entry.FrameBytes), entry.Codec))
            {
                throw new CorruptionException(_chunks.Path, entry.OffsetBytes, "the checksum of a chunk does not match");
            }

            Interlocked.Or(ref word, bit);
        }

        return frame;
    }
}
