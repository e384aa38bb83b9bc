using Tsdb.Encoding;
using Tsdb.Encoding.Bits;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Storage.Blocks.Layout;
using Tsdb.Storage.Chunks;

namespace Tsdb.Storage.Checkpoints;

/// <summary>A chunk or leaf within a CHUNKS section.</summary>
/// <remarks>
/// In order (authoritative: docs/formats.md#checkpoint):
/// <code>
///  rank      u8               where the memtable has it: lanes from 0, leaves last
///  codec     u8
///  unit      u8
///  kind      u8               sample kind; plus 128 for the last chunk of its rank
///  count     varint           samples, at least 1
///  min time  zig-zag varint   first timestamp, nanoseconds
///  span      varint           last timestamp minus the first; in the last chunk of a lane perhaps more
///  length    varint           bytes of the payload, which follows
/// </code>
/// </remarks>
internal static class CheckpointChunk
{
    private const byte Last = 128;
    private const int FixedBytes = 4;

    /// <summary>Appends a chunk to a payload.</summary>
    public static void Write(SectionBuilder payload, in ChunkSlice chunk, bool isLast)
    {
        payload.WriteByte((byte)chunk.Rank);
        payload.WriteByte((byte)chunk.Codec);
        payload.WriteByte((byte)chunk.Unit);
        payload.WriteByte((byte)((byte)chunk.Kind | (isLast ? Last : 0)));
        payload.WriteVarint((ulong)chunk.Count);
        payload.WriteZigZag(chunk.MinTimeNs);
        payload.WriteVarint(unchecked((ulong)(chunk.MaxTimeNs - chunk.MinTimeNs)));
        payload.WriteVarint((ulong)chunk.LengthBytes);
        payload.Write(chunk.Bytes);
    }

    /// <summary>Reads a chunk at <paramref name="position"/> of a pinned payload, which its bytes stay in. False when there is none.</summary>
    public static unsafe bool TryRead(ReadOnlySpan<byte> payload, byte* pinned, ref int position, out ChunkSlice chunk, out bool isLast)
    {
        chunk = default;
        isLast = false;
        if (payload.Length - position < FixedBytes)
        {
            return false;
        }

        ReadOnlySpan<byte> fixedBytes = payload.Slice(position, FixedBytes);
        position += FixedBytes;
        if (!Varint.TryReadCount(payload, ref position, int.MaxValue, out int count)
            || count == 0
            || !Varint.TryReadZigZag(payload, ref position, out long minTimeNs)
            || !Varint.TryRead(payload, ref position, out ulong spanNs)
            || !Varint.TryReadCount(payload, ref position, payload.Length, out int lengthBytes)
            || lengthBytes > payload.Length - position
            || count > (long)lengthBytes * 8)
        {
            return false;
        }

        isLast = (fixedBytes[3] & Last) != 0;
        chunk = new ChunkSlice
        {
            Data = pinned + position,
            LengthBytes = lengthBytes,
            Count = count,
            Codec = (ChunkCodec)fixedBytes[1],
            Unit = (TimeUnit)fixedBytes[2],
            Kind = (SampleKind)(fixedBytes[3] & ~Last),
            MinTimeNs = minTimeNs,
            MaxTimeNs = unchecked(minTimeNs + (long)spanNs),
            Rank = fixedBytes[0],
        };
        position += lengthBytes;
        return chunk.MaxTimeNs >= minTimeNs;
    }
}
