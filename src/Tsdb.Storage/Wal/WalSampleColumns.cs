namespace Tsdb.Storage.Wal;

/// <summary>Room for the decoded columns of one SAMPLES record, reused from record to record. Not thread-safe.</summary>
internal sealed class WalSampleColumns
{
    private uint[] _slots = [];
    private long[] _timestampsNs = [];
    private double[] _values = [];

    /// <summary>Samples held.</summary>
    public int Count { get; private set; }

    /// <summary>The slot of each sample's series.</summary>
    public Span<uint> Slots => _slots.AsSpan(0, Count);

    /// <summary>Each sample's timestamp in nanoseconds.</summary>
    public Span<long> TimestampsNs => _timestampsNs.AsSpan(0, Count);

    /// <summary>Each sample's value.</summary>
    public Span<double> Values => _values.AsSpan(0, Count);

    /// <summary>Makes room for <paramref name="count"/> samples; their content is undefined.</summary>
    public void Resize(int count)
    {
        if (count > _slots.Length)
        {
            _slots = new uint[count];
            _timestampsNs = new long[count];
            _values = new double[count];
        }

        Count = count;
    }

    /// <summary>Drops the samples whose slot is not in <paramref name="known"/> and returns how many they were.</summary>
    public int KeepOnly(SlotSet known)
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (known.Contains(_slots[i]))
            {
                _slots[kept] = _slots[i];
                _timestampsNs[kept] = _timestampsNs[i];
                _values[kept] = _values[i];
                kept++;
            }
        }

        int dropped = Count - kept;
        Count = kept;
        return dropped;
    }
}
