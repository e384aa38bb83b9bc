using Tsdb.Encoding.Bits;

namespace Tsdb.Encoding.Integers;

/// <summary>Where a segment of a column starts. A segment is its start, and the bytes of the residuals of its other integers.</summary>
/// <remarks>
/// <code>
///  bytes of the residuals varint | [start, less the start of the segment before, zig-zag] | [delta before it, less that before the other, zig-zag]
///  the second from the second segment on; the third there too, and only for delta of delta
/// </code>
/// Authoritative: docs/formats.md#segments.
/// </remarks>
internal struct SegmentState
{
    /// <summary>The most bytes <see cref="Write"/> needs.</summary>
    public const int MaxLengthBytes = 3 * Varint.MaxLength;

    /// <summary>The first integer of the segment; 0 in the first.</summary>
    public long Start;

    /// <summary>The difference before the first integer; the centre in the first segment.</summary>
    public long Delta;

    /// <summary>The state of a column's first segment.</summary>
    public static SegmentState First(in IntegerHeader header) => new() { Start = 0, Delta = header.Centre };

    /// <summary>The state of the segment that starts at an index.</summary>
    public static SegmentState At(in IntegerHeader header, ReadOnlySpan<long> integers, int index) =>
        index == 0 ? First(header) : new() { Start = integers[index], Delta = integers[index] - integers[index - 1] };

    /// <summary>Writes what differs from the segment before and returns the bytes.</summary>
    public readonly int Write(Span<byte> destination, in SegmentState before, Transform transform, int index, int residualBytes)
    {
        int length = Varint.Write(destination, (uint)residualBytes);
        if (index > 0)
        {
            length += Varint.WriteZigZag(destination[length..], Start - before.Start);
            length += transform == Transform.DeltaOfDelta ? Varint.WriteZigZag(destination[length..], Delta - before.Delta) : 0;
        }

        return length;
    }

    /// <summary>Moves to the segment at an index, of which this was the one before; false when the bytes end too early.</summary>
    public bool TryRead(ReadOnlySpan<byte> source, ref int position, Transform transform, int index, out int residualBytes)
    {
        if (!Varint.TryReadCount(source, ref position, source.Length, out residualBytes))
        {
            return false;
        }

        long start = 0;
        long delta = 0;
        if (index > 0
            && (!Varint.TryReadZigZag(source, ref position, out start)
                || (transform == Transform.DeltaOfDelta && !Varint.TryReadZigZag(source, ref position, out delta))))
        {
            return false;
        }

        Start += start;
        Delta += delta;
        return residualBytes <= source.Length - position;
    }
}
