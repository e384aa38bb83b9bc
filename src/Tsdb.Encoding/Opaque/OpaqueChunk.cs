using System.Buffers;
using Tsdb.Encoding.Bits;
using Tsdb.Encoding.Compression;
using Tsdb.Model.Time;

namespace Tsdb.Encoding.Opaque;

/// <summary>A chunk of samples whose values are opaque bytes, each kept as it is. Thread-safe.</summary>
/// <remarks>
/// <code>
///  body length   varint   bytes of the body once decompressed, at most 16 MiB
///  body          as it is when that many bytes are left, else one LZ4 block
///
///  body: timestamps   the first as zig-zag in units; each next zig-zag: its distance from the one before, minus that one's distance (0 at first)
///        lengths      varint a value
///        values       one after the other
/// </code>
/// Authoritative: docs/formats.md#opaque. Successive histograms of a series differ in few bytes, which LZ4 makes use of.
/// </remarks>
public static class OpaqueChunk
{
    /// <summary>The most bytes a chunk may have once decompressed: what a reader must be ready to hold. Part of the format: never changes.</summary>
    public const int MaxBodyBytes = 16 << 20;

    private const int MaxExpansion = 255; // LZ4 cannot make more of a byte

    /// <summary>The most bytes <see cref="Write"/> needs for these samples.</summary>
    /// <exception cref="ArgumentException">They may exceed what a chunk can hold.</exception>
    public static int MaxLengthOf(OpaqueSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        long bodyBytes = samples.LengthBytes + ((long)samples.Count * (Varint.MaxLength + Varint.MaxLength32));
        return bodyBytes <= MaxBodyBytes
            ? (int)bodyBytes + Varint.MaxLength32
            : throw new ArgumentException($"{samples.Count} samples of {samples.LengthBytes} bytes do not fit a chunk.", nameof(samples));
    }

    /// <summary>Writes a chunk of at least one sample and returns its length.</summary>
    /// <param name="samples">The samples, all at whole multiples of the unit, ascending.</param>
    /// <param name="unit">The unit timestamps are counted in.</param>
    /// <param name="destination">At least <see cref="MaxLengthOf"/> bytes.</param>
    public static int Write(OpaqueSamples samples, TimeUnit unit, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfZero(samples.Count, nameof(samples));
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, MaxLengthOf(samples), nameof(destination));
        byte[] scratch = ArrayPool<byte>.Shared.Rent(MaxLengthOf(samples));
        try
        {
            ReadOnlySpan<byte> body = scratch.AsSpan(0, WriteBody(samples, Timestamps.NsPer(unit), scratch));
            int length = Varint.Write(destination, (ulong)body.Length);
            int compressedBytes = Lz4Block.Compress(body, destination[length..]);
            if (compressedBytes > 0)
            {
                return length + compressedBytes;
            }

            body.CopyTo(destination[length..]);
            return length + body.Length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    /// <summary>Reads a chunk, replacing what <paramref name="samples"/> held. Safe on any bytes.</summary>
    /// <returns>False when the bytes are not a chunk of that many samples; the samples are then undefined.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, TimeUnit unit, int count, OpaqueSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        samples.Clear();
        int position = 0;
        if (unit > TimeUnit.Seconds || count < 1 || !Varint.TryReadCount(payload, ref position, MaxBodyBytes, out int bodyBytes) || count > bodyBytes / 2)
        {
            return false;
        }

        ReadOnlySpan<byte> stored = payload[position..];
        if (stored.Length == bodyBytes)
        {
            return TryReadBody(stored, Timestamps.NsPer(unit), count, samples);
        }

        if (bodyBytes / MaxExpansion > stored.Length)
        {
            return false;
        }

        byte[] scratch = ArrayPool<byte>.Shared.Rent(bodyBytes);
        try
        {
            Span<byte> body = scratch.AsSpan(0, bodyBytes);
            return Lz4Block.TryDecompress(stored, body) && TryReadBody(body, Timestamps.NsPer(unit), count, samples);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private static int WriteBody(OpaqueSamples samples, long nsPerUnit, Span<byte> destination)
    {
        int length = 0;
        long before = 0;
        long distanceBefore = 0;
        for (int i = 0; i < samples.Count; i++)
        {
            long timestamp = samples.TimestampsNs[i] / nsPerUnit;
            long distance = unchecked(timestamp - before);
            length += Varint.WriteZigZag(destination[length..], unchecked(distance - distanceBefore));
            before = timestamp;
            distanceBefore = i == 0 ? 0 : distance;
        }

        for (int i = 0; i < samples.Count; i++)
        {
            length += Varint.Write(destination[length..], (ulong)samples.ValueAt(i).Length);
        }

        samples.Bytes.CopyTo(destination[length..]);
        return length + samples.LengthBytes;
    }

    // Lengths stand before all values, so they are read once to find the values and once more with them.
    private static bool TryReadBody(ReadOnlySpan<byte> body, long nsPerUnit, int count, OpaqueSamples samples)
    {
        int timestampPosition = 0;
        int position = 0;
        if (!TrySkip(body, ref position, count))
        {
            return false;
        }

        int lengthPosition = position;
        if (!TrySkip(body, ref position, count))
        {
            return false;
        }

        long timestamp = 0;
        long distance = 0;
        for (int i = 0; i < count; i++)
        {
            Varint.TryReadZigZag(body, ref timestampPosition, out long change);
            if (!Varint.TryReadCount(body, ref lengthPosition, body.Length - position, out int lengthBytes))
            {
                return false;
            }

            distance = unchecked(distance + change);
            timestamp = unchecked(timestamp + distance);
            samples.Add(unchecked(timestamp * nsPerUnit), body.Slice(position, lengthBytes));
            position += lengthBytes;
            distance = i == 0 ? 0 : distance;
        }

        return position == body.Length;
    }

    private static bool TrySkip(ReadOnlySpan<byte> body, ref int position, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!Varint.TryRead(body, ref position, out _))
            {
                return false;
            }
        }

        return true;
    }
}
