namespace Tsdb.Storage.Wal;

/// <summary>
/// Decides, as records are appended, which segment each goes to. Segments are numbered without gaps, and none is begun before it has a record, so
/// a missing number always means a lost file. Guarded by the queue's gate.
/// </summary>
internal sealed class SegmentPlan(long firstNumber, ulong lastSequence, long segmentBytes)
{
    private long _generation = firstNumber;
    private ulong _lastSequence = lastSequence;
    private long _lengthBytes;
    private bool _hasRecords;

    /// <summary>The segment the next record goes to, unless it is full.</summary>
    public long Number { get; private set; } = firstNumber;

    /// <summary>Begins a generation: the next record goes to a segment of its own, whose number is returned.</summary>
    public long StartGeneration() => _generation = StartSegment();

    /// <summary>Lets the next record go to a segment of its own, whose number is returned.</summary>
    public long StartSegment()
    {
        if (_hasRecords)
        {
            Number++;
            _hasRecords = false;
        }

        return Number;
    }

    /// <summary>Places a record that is about to be added to <paramref name="pending"/>, beginning a segment where that is needed.</summary>
    public void Place(PendingRecords pending, int recordBytes, ulong sequence)
    {
        if (_hasRecords && _lengthBytes + recordBytes > segmentBytes)
        {
            Number++;
            _hasRecords = false;
        }

        if (!_hasRecords)
        {
            pending.SegmentStarts.Add(new PendingRecords.SegmentStart(pending.LengthBytes, Number, _generation, _lastSequence));
            _lengthBytes = WalFormat.SegmentHeaderBytes;
            _hasRecords = true;
        }

        _lengthBytes += recordBytes;
        _lastSequence = Math.Max(_lastSequence, sequence);
    }
}
