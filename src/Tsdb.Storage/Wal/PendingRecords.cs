namespace Tsdb.Storage.Wal;

/// <summary>
/// Records encoded but not yet written, one after the other, each with its header but neither compressed nor sealed; and where among them new
/// segments begin. Guarded by whoever holds it: the queue's gate, then the flusher.
/// </summary>
internal sealed class PendingRecords
{
    private const int SmallestCapacity = 64 << 10;
    private const int KeptCapacity = 4 << 20; // a buffer grown beyond this by a rare large batch is let go

    private byte[] _bytes = new byte[SmallestCapacity];

    /// <summary>Bytes held.</summary>
    public int LengthBytes { get; private set; }

    /// <summary>The records.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, LengthBytes);

    /// <summary>Where new segments begin, in order.</summary>
    public List<SegmentStart> SegmentStarts { get; } = [];

    /// <summary>Makes room for a record and returns the room for its payload; finish with <see cref="EndRecord"/>.</summary>
    public Span<byte> BeginRecord(int maxPayloadBytes)
    {
        int needed = checked(LengthBytes + WalFormat.RecordHeaderBytes + maxPayloadBytes);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(needed, _bytes.Length * 2L), Array.MaxLength));
        }

        return _bytes.AsSpan(LengthBytes + WalFormat.RecordHeaderBytes, maxPayloadBytes);
    }

    /// <summary>Writes the header of the record begun last, whose payload is in place, and counts it in.</summary>
    public void EndRecord(in WalRecordHeader header)
    {
        header.Write(_bytes.AsSpan(LengthBytes));
        LengthBytes += header.TotalBytes;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        LengthBytes = 0;
        SegmentStarts.Clear();
        if (_bytes.Length > KeptCapacity)
        {
            _bytes = new byte[SmallestCapacity];
        }
    }

    /// <summary>A new segment.</summary>
    /// <param name="OffsetBytes">The pending record it begins with.</param>
    /// <param name="Number">Its number.</param>
    /// <param name="Generation">The first segment of its generation.</param>
    /// <param name="BaseSequence">The highest sequence number logged before it.</param>
    internal readonly record struct SegmentStart(int OffsetBytes, long Number, long Generation, ulong BaseSequence);
}
