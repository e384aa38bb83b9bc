using System.Buffers.Binary;
using Tsdb.Encoding.Checksums;
using Tsdb.Model.Samples;

namespace Tsdb.Storage.Checkpoints;

/// <summary>The first 64 bytes of a checkpoint.</summary>
/// <remarks>
/// Little-endian (authoritative: docs/formats.md#checkpoint):
/// <code>
///  0  magic           8 bytes    "TSDBCKPT"
///  8  version         u32        1
/// 12  shard           u32        whose memtable it is
/// 16  first segment   u64        the log segments from this one
/// 24  tail segment    u64        to before this one are in it
/// 32  min sequence    u64        first write in it
/// 40  last sequence   u64        last write that is surely in it
/// 48  next slot       u32        no new series gets a lower one
/// 52  zero            8 bytes
/// 60  crc             u32        CRC-32C of bytes 0 to 59
/// </code>
/// </remarks>
/// <param name="Shard">Whose memtable it is.</param>
/// <param name="FirstSegment">The first log segment of which it holds the samples: the one the MANIFEST names.</param>
/// <param name="TailSegment">The first log segment that has to be replayed on top of it.</param>
/// <param name="MinSequence">The first write in it.</param>
/// <param name="LastSequence">The last write that is surely in it; some later ones may be.</param>
/// <param name="NextSlot">The slot the next new series was to get.</param>
internal readonly record struct CheckpointHeader(
    uint Shard, long FirstSegment, long TailSegment, SequenceNumber MinSequence, SequenceNumber LastSequence, uint NextSlot)
{
    private const int VersionOffset = 8;
    private const int ShardOffset = 12;
    private const int FirstOffset = 16;
    private const int TailOffset = 24;
    private const int MinOffset = 32;
    private const int LastOffset = 40;
    private const int NextSlotOffset = 48;
    private const int CrcOffset = 60;

    /// <summary>Writes the header to the first 64 bytes of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination)
    {
        Span<byte> header = destination[..CheckpointFormat.HeaderBytes];
        header.Clear();
        CheckpointFormat.Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[VersionOffset..], CheckpointFormat.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header[ShardOffset..], Shard);
        BinaryPrimitives.WriteInt64LittleEndian(header[FirstOffset..], FirstSegment);
        BinaryPrimitives.WriteInt64LittleEndian(header[TailOffset..], TailSegment);
        BinaryPrimitives.WriteUInt64LittleEndian(header[MinOffset..], MinSequence.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(header[LastOffset..], LastSequence.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(header[NextSlotOffset..], NextSlot);
        BinaryPrimitives.WriteUInt32LittleEndian(header[CrcOffset..], Crc32C.Compute(header[..CrcOffset]));
    }

    /// <summary>Reads a header. False when the bytes are too few, or not what was written; the version is whatever it says.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out CheckpointHeader header, out uint version)
    {
        header = default;
        version = 0;
        if (source.Length < CheckpointFormat.HeaderBytes
            || !source.StartsWith(CheckpointFormat.Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(source[CrcOffset..]) != Crc32C.Compute(source[..CrcOffset]))
        {
            return false;
        }

        version = BinaryPrimitives.ReadUInt32LittleEndian(source[VersionOffset..]);
        header = new CheckpointHeader(
            BinaryPrimitives.ReadUInt32LittleEndian(source[ShardOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[FirstOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[TailOffset..]),
            new SequenceNumber(BinaryPrimitives.ReadUInt64LittleEndian(source[MinOffset..])),
            new SequenceNumber(BinaryPrimitives.ReadUInt64LittleEndian(source[LastOffset..])),
            BinaryPrimitives.ReadUInt32LittleEndian(source[NextSlotOffset..]));
        return true;
    }
}
