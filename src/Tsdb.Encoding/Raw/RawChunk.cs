using System.Buffers.Binary;

namespace Tsdb.Encoding.Raw;

/// <summary>Samples as they are: for each, the timestamp (i64 LE, nanoseconds) and the value (f64 LE, bit for bit), 16 bytes.</summary>
/// <remarks>The form of out-of-order leaves, and of chunks no other codec makes smaller. The order of the samples is the writer's. Thread-safe.</remarks>
public static class RawChunk
{
    /// <summary>Bytes of one sample. Part of the format: never changes.</summary>
    public const int SampleBytes = 16;

    private const int ValueOffset = 8;

    /// <summary>Bytes of a chunk of <paramref name="count"/> samples.</summary>
    /// <exception cref="OverflowException">A span could not hold them.</exception>
    public static int LengthOf(int count) => checked(count * SampleBytes);

    /// <summary>Writes sample number <paramref name="index"/> (from 0) of a chunk.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The chunk ends before that sample does.</exception>
    public static void WriteAt(Span<byte> chunk, int index, long timestampNs, double value)
    {
        Span<byte> sample = chunk.Slice(index * SampleBytes, SampleBytes);
        BinaryPrimitives.WriteInt64LittleEndian(sample, timestampNs);
        BinaryPrimitives.WriteDoubleLittleEndian(sample[ValueOffset..], value);
    }

    /// <summary>The timestamp of sample number <paramref name="index"/> (from 0).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The chunk ends before that sample does.</exception>
    public static long TimestampAt(ReadOnlySpan<byte> chunk, int index) =>
        BinaryPrimitives.ReadInt64LittleEndian(chunk.Slice(index * SampleBytes, SampleBytes));

    /// <summary>The value of sample number <paramref name="index"/> (from 0).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The chunk ends before that sample does.</exception>
    public static double ValueAt(ReadOnlySpan<byte> chunk, int index) =>
        BinaryPrimitives.ReadDoubleLittleEndian(chunk.Slice(index * SampleBytes, SampleBytes)[ValueOffset..]);

    /// <summary>Writes a chunk of all the samples of two columns of one length and returns its bytes.</summary>
    /// <exception cref="ArgumentException">The columns differ in length, or the destination is shorter than <see cref="LengthOf"/>.</exception>
    public static int Write(Span<byte> destination, ReadOnlySpan<long> timestampsNs, ReadOnlySpan<double> values)
    {
        if (timestampsNs.Length != values.Length)
        {
            throw new ArgumentException($"{timestampsNs.Length} timestamps do not go with {values.Length} values.", nameof(values));
        }

        int lengthBytes = LengthOf(timestampsNs.Length);
        if (destination.Length < lengthBytes)
        {
            throw new ArgumentException($"A chunk of {lengthBytes} bytes does not fit into {destination.Length}.", nameof(destination));
        }

        for (int i = 0; i < timestampsNs.Length; i++)
        {
            WriteAt(destination, i, timestampsNs[i], values[i]);
        }

        return lengthBytes;
    }

    /// <summary>
    /// Decodes the first <paramref name="count"/> samples into columns at least that long. False when there is none to decode or the bytes are
    /// too few; then nothing is written.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is shorter than <paramref name="count"/>.</exception>
    public static bool TryDecode(ReadOnlySpan<byte> payload, int count, Span<long> timestampsNs, Span<double> values)
    {
        if (count < 1 || payload.Length / SampleBytes < count)
        {
            return false;
        }

        timestampsNs = timestampsNs[..count];
        values = values[..count];
        for (int i = 0; i < timestampsNs.Length; i++)
        {
            timestampsNs[i] = TimestampAt(payload, i);
            values[i] = ValueAt(payload, i);
        }

        return true;
    }
}
