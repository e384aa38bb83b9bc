namespace Tsdb.Encoding.Opaque;

/// <summary>Samples whose values are bytes nobody here looks into, such as native histograms: what a chunk is written from and read into. Reusable; not thread-safe.</summary>
public sealed class OpaqueSamples
{
    private long[] _timestampsNs = [];
    private int[] _ends = [];
    private byte[] _bytes = [];

    /// <summary>Samples held.</summary>
    public int Count { get; private set; }

    /// <summary>Each sample's timestamp in nanoseconds.</summary>
    public ReadOnlySpan<long> TimestampsNs => _timestampsNs.AsSpan(0, Count);

    /// <summary>Bytes of all values together.</summary>
    public int LengthBytes => Count == 0 ? 0 : _ends[Count - 1];

    /// <summary>The values, one after the other.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, LengthBytes);

    /// <summary>The value of sample number <paramref name="index"/>, from 0.</summary>
    public ReadOnlySpan<byte> ValueAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count);
        int start = StartOf(index);
        return _bytes.AsSpan(start, _ends[index] - start);
    }

    /// <summary>Adds a sample; the value is copied.</summary>
    public void Add(long timestampNs, ReadOnlySpan<byte> value)
    {
        EnsureCapacity(Count + 1, checked(LengthBytes + value.Length));
        value.CopyTo(_bytes.AsSpan(LengthBytes));
        _timestampsNs[Count] = timestampNs;
        _ends[Count] = LengthBytes + value.Length;
        Count++;
    }

    /// <summary>Drops every sample, keeping the buffers.</summary>
    public void Clear() => Count = 0;

    private int StartOf(int index) => index == 0 ? 0 : _ends[index - 1];

    private void EnsureCapacity(int count, int lengthBytes)
    {
        if (count > _ends.Length)
        {
            int capacity = Math.Max(count, Math.Max(16, _ends.Length * 2));
            Array.Resize(ref _timestampsNs, capacity);
            Array.Resize(ref _ends, capacity);
        }

        if (lengthBytes > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(lengthBytes, _bytes.Length * 2L), Array.MaxLength));
        }
    }
}
