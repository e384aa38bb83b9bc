using Tsdb.Model.Histograms;
using Tsdb.Model.Placement;

namespace Tsdb.Model.Writing;

/// <summary>The histogram samples of a batch that one shard writes: columns of equal length, and one buffer of encoded histograms. Not thread-safe.</summary>
public sealed class HistogramColumns
{
    private const int FirstCapacity = 64;
    private const int FirstCapacityBytes = 8 << 10;
    private const int KeptCapacityBytes = 4 << 20; // a buffer grown beyond this by a rare large batch is let go

    private uint[] _series = new uint[FirstCapacity];
    private long[] _timestampsNs = new long[FirstCapacity];
    private int[] _ends = new int[FirstCapacity];
    private byte[] _bytes = new byte[FirstCapacityBytes];

    /// <summary>Samples held.</summary>
    public int Count { get; private set; }

    /// <summary>The slot of each sample's series (a <see cref="SeriesRef"/> each).</summary>
    public ReadOnlySpan<uint> Series => _series.AsSpan(0, Count);

    /// <summary>Each sample's timestamp in nanoseconds.</summary>
    public ReadOnlySpan<long> TimestampsNs => _timestampsNs.AsSpan(0, Count);

    /// <summary>Where each sample's histogram ends in <see cref="Bytes"/>; it begins where the one before ends.</summary>
    public ReadOnlySpan<int> Ends => _ends.AsSpan(0, Count);

    /// <summary>The histograms in the form of <see cref="HistogramCodec"/>, one after the other.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, UsedBytes);

    private int UsedBytes => Count == 0 ? 0 : _ends[Count - 1];

    /// <summary>The encoded histogram of sample number <paramref name="index"/>, from 0.</summary>
    public ReadOnlySpan<byte> EncodedAt(int index)
    {
        int start = index == 0 ? 0 : Ends[index - 1];
        return Bytes[start..Ends[index]];
    }

    /// <summary>Adds a sample whose histogram is encoded already; its bytes are copied.</summary>
    public void Add(SeriesRef series, long timestampNs, ReadOnlySpan<byte> encoded)
    {
        encoded.CopyTo(Room(encoded.Length));
        Add(series, timestampNs, encoded.Length);
    }

    /// <summary>Adds a sample; its histogram is encoded at once.</summary>
    /// <exception cref="ArgumentException">The histogram's counts do not fit its spans, or it is too large.</exception>
    public void Add(SeriesRef series, long timestampNs, NativeHistogram histogram) =>
        Add(series, timestampNs, HistogramCodec.Write(histogram, Room(HistogramCodec.MaxLengthOf(histogram))));

    /// <summary>Drops every sample, keeping the buffers.</summary>
    public void Clear()
    {
        Count = 0;
        if (_bytes.Length > KeptCapacityBytes)
        {
            _bytes = new byte[FirstCapacityBytes];
        }
    }

    private void Add(SeriesRef series, long timestampNs, int lengthBytes)
    {
        int at = Count;
        if (at == _series.Length)
        {
            Array.Resize(ref _series, at * 2);
            Array.Resize(ref _timestampsNs, at * 2);
            Array.Resize(ref _ends, at * 2);
        }

        _series[at] = series.Value;
        _timestampsNs[at] = timestampNs;
        _ends[at] = UsedBytes + lengthBytes;
        Count = at + 1;
    }

    private Span<byte> Room(int lengthBytes)
    {
        int needed = checked(UsedBytes + lengthBytes);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(needed, _bytes.Length * 2L), Array.MaxLength));
        }

        return _bytes.AsSpan(UsedBytes, lengthBytes);
    }
}
