using System.Buffers.Binary;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Storage.Chunks;

namespace Tsdb.Storage.Memtable;

/// <summary>
/// The histogram samples of a memtable: sorted leaves in a skip list of their own, each of whose values is the address of an encoded histogram with its
/// length (u32) before it. At one time of a series the last one written is kept.
/// </summary>
/// <remarks>
/// One writer; readers go by <see cref="LeafAppender"/>'s rules. A histogram's bytes are written before the address that leads to them and never change,
/// and stay put while the memtable is held. A replaced histogram keeps its bytes until the memtable goes.
/// </remarks>
internal sealed unsafe class HistogramLeaves
{
    private const int LengthBytes = sizeof(uint);
    private const int Alignment = 8;

    private readonly NativeArena _arena;
    private readonly SkipList _list;
    private readonly LeafAppender _leaves;
    private NativeArena.Cursor _cursor;

    /// <summary>Begins empty.</summary>
    public HistogramLeaves(NativeArena arena, BlockAllocator blocks)
    {
        _arena = arena;
        _list = new SkipList(arena);
        _leaves = new LeafAppender(arena, _list, blocks);
    }

    /// <summary>Takes a sample at any time, in any order. Writer only.</summary>
    /// <param name="slot">The series.</param>
    /// <param name="timestampNs">Its time.</param>
    /// <param name="encoded">At most <see cref="Model.Histograms.HistogramCodec.MaxLengthBytes"/> bytes; copied.</param>
    /// <returns>True when there was none of that time, false when it replaced one.</returns>
    /// <exception cref="OutOfMemoryException">There is no memory for it; nothing changed.</exception>
    public bool Add(uint slot, long timestampNs, ReadOnlySpan<byte> encoded)
    {
        byte* histogram = _arena.At(_arena.Allocate(ref _cursor, LengthBytes + encoded.Length, Alignment));
        BinaryPrimitives.WriteInt32LittleEndian(new Span<byte>(histogram, LengthBytes), encoded.Length);
        encoded.CopyTo(new Span<byte>(histogram + LengthBytes, encoded.Length));
        return _leaves.Add(slot, timestampNs, BitConverter.UInt64BitsToDouble((ulong)histogram)) == AppendStatus.Late;
    }

    /// <summary>The encoded histogram a leaf's value leads to.</summary>
    public static ReadOnlySpan<byte> EncodedAt(double value)
    {
        byte* histogram = (byte*)BitConverter.DoubleToUInt64Bits(value);
        return new ReadOnlySpan<byte>(histogram + LengthBytes, BinaryPrimitives.ReadInt32LittleEndian(new ReadOnlySpan<byte>(histogram, LengthBytes)));
    }

    /// <summary>Adds the leaves of a series that may have samples in a range, oldest first; they do not overlap.</summary>
    /// <param name="slot">The series.</param>
    /// <param name="range">Samples outside it need not be among them.</param>
    /// <param name="rank">The rank they get.</param>
    /// <param name="newestTimeNs">A time no sample is after.</param>
    /// <param name="into">Receives raw slices of kind <see cref="SampleKind.Histogram"/>.</param>
    public void Collect(uint slot, TimeRange range, long rank, ref long newestTimeNs, List<ChunkSlice> into) =>
        new ChunkCollector(_arena, _list, null, slot, range, rank, rank, ref newestTimeNs, into) { LeafKind = SampleKind.Histogram }.Collect();

    /// <summary>Adds the slots that have samples and are not among those, ascending, from <paramref name="first"/> on.</summary>
    public void CopyOtherSlots(List<uint> slots, int first)
    {
        int known = slots.Count - first;
        foreach (uint slot in new SlotWalk(_list))
        {
            if (slots.BinarySearch(first, known, slot, null) < 0)
            {
                slots.Add(slot);
            }
        }
    }
}
