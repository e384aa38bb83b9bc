using System.Runtime.InteropServices;

namespace Tsdb.Storage.Memtable;

/// <summary>A sample in a leaf, in the bytes of <see cref="Encoding.ChunkCodec.Raw"/>: a leaf is handed to readers and blocks as it lies.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LeafSample
{
    /// <summary>The bytes of a sample.</summary>
    public const int SizeBytes = 16;

    private readonly long _timestamp; // little-endian
    private ulong _value;             // little-endian; 8-byte aligned, so that it changes in one store

    /// <summary>A sample of a time and a value.</summary>
    public LeafSample(long timestampNs, double value)
    {
        _timestamp = LittleEndian(timestampNs);
        _value = (ulong)LittleEndian(BitConverter.DoubleToInt64Bits(value));
    }

    /// <summary>The sample's time.</summary>
    public readonly long TimestampNs => LittleEndian(_timestamp);

    /// <summary>Replaces the value where it lies, readers seeing either; false when it has these very bits already.</summary>
    public bool TrySetValue(double value)
    {
        ulong bits = (ulong)LittleEndian(BitConverter.DoubleToInt64Bits(value));
        if (bits == _value)
        {
            return false;
        }

        Volatile.Write(ref _value, bits);
        return true;
    }

    /// <summary>The position of the first of <paramref name="count"/> samples that is not before a time; the count when all are.</summary>
    public static unsafe int FirstNotBefore(LeafSample* samples, int count, long timestampNs)
    {
        int low = 0;
        while (low < count)
        {
            int middle = (low + count) >> 1;
            if (samples[middle].TimestampNs < timestampNs)
            {
                low = middle + 1;
            }
            else
            {
                count = middle;
            }
        }

        return low;
    }

    private static long LittleEndian(long value) =>
        BitConverter.IsLittleEndian ? value : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
}
