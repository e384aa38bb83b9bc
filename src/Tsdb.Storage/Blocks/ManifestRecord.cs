using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Tsdb.Encoding.Bits;
using Tsdb.Encoding.Checksums;
using Tsdb.Model.Samples;
using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Storage.Blocks;

/// <summary>Writes and reads one edit as a record of the MANIFEST. Part of the file formats.</summary>
/// <remarks>
/// <code>
///  length u32: bytes of the payload | CRC-32C of the payload u32, seeded with the record's offset in the file | payload
///  payload: last sequence, varint | shard count, varint (0: unchanged)
///           | shards, varint; each: shard, first segment kept, next slot: varint each
///           | blocks removed, varint; ids, 16 bytes each | blocks added, varint; ids, 16 bytes each
/// </code>
/// Authoritative: docs/formats.md#manifest.
/// </remarks>
internal static class ManifestRecord
{
    /// <summary>Bytes before a record's payload.</summary>
    public const int HeaderBytes = 8;

    /// <summary>A longer record is not believed: 16 MiB name a million blocks.</summary>
    public const int MaxPayloadBytes = 16 << 20;

    /// <summary>The record of an edit that will lie at an offset of the file.</summary>
    public static byte[] Encode(ManifestEdit edit, long offsetBytes)
    {
        var payload = new SectionBuilder();
        payload.WriteVarint(edit.LastSequence.Value);
        payload.WriteVarint((uint)edit.ShardCount);
        payload.WriteVarint((uint)edit.Shards.Count);
        foreach (ShardEdit shard in edit.Shards)
        {
            payload.WriteVarint((uint)shard.Shard);
            payload.WriteVarint((ulong)shard.FirstSegmentKept);
            payload.WriteVarint(shard.NextSlot);
        }

        WriteIds(payload, edit.Removed);
        WriteIds(payload, edit.Added);
        byte[] record = new byte[HeaderBytes + payload.LengthBytes];
        BinaryPrimitives.WriteInt32LittleEndian(record, payload.LengthBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4), ChecksumOf(payload.Payload, offsetBytes));
        payload.Payload.CopyTo(record.AsSpan(HeaderBytes));
        return record;
    }

    /// <summary>The checksum of a payload; the seed keeps a record from passing in another place.</summary>
    public static uint ChecksumOf(ReadOnlySpan<byte> payload, long offsetBytes) => Crc32C.Append((uint)offsetBytes, payload);

    /// <summary>Reads a payload whose checksum matched; false when it is not one of this version.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out ManifestEdit? edit)
    {
        int position = 0;
        edit = null;
        if (!Varint.TryRead(payload, ref position, out ulong lastSequence)
            || !Varint.TryReadCount(payload, ref position, int.MaxValue, out int shardCount)
            || !TryReadShards(payload, ref position, out ShardEdit[] shards)
            || !TryReadIds(payload, ref position, out BlockId[] removed)
            || !TryReadIds(payload, ref position, out BlockId[] added)
            || position != payload.Length)
        {
            return false;
        }

        edit = new ManifestEdit
        {
            LastSequence = new SequenceNumber(lastSequence),
            ShardCount = shardCount,
            Shards = shards,
            Removed = removed,
            Added = added,
        };
        return true;
    }

    private static void WriteIds(SectionBuilder payload, IReadOnlyList<BlockId> ids)
    {
        Span<byte> bytes = stackalloc byte[BlockId.LengthBytes];
        payload.WriteVarint((uint)ids.Count);
        foreach (BlockId id in ids)
        {
            id.Write(bytes);
            payload.Write(bytes);
        }
    }

    private static bool TryReadShards(ReadOnlySpan<byte> payload, ref int position, out ShardEdit[] shards)
    {
        shards = [];
        if (!Varint.TryReadCount(payload, ref position, (payload.Length - position) / 3, out int count))
        {
            return false;
        }

        shards = new ShardEdit[count];
        for (int i = 0; i < count; i++)
        {
            if (!Varint.TryReadCount(payload, ref position, int.MaxValue, out int shard)
                || !Varint.TryRead(payload, ref position, out ulong firstSegment)
                || firstSegment > long.MaxValue
                || !Varint.TryReadUInt32(payload, ref position, out uint nextSlot))
            {
                return false;
            }

            shards[i] = new ShardEdit(shard, (long)firstSegment, nextSlot);
        }

        return true;
    }

    private static bool TryReadIds(ReadOnlySpan<byte> payload, ref int position, out BlockId[] ids)
    {
        ids = [];
        if (!Varint.TryReadCount(payload, ref position, (payload.Length - position) / BlockId.LengthBytes, out int count)
            || count * BlockId.LengthBytes > payload.Length - position)
        {
            return false;
        }

        ids = new BlockId[count];
        for (int i = 0; i < count; i++)
        {
            ids[i] = BlockId.Read(payload[position..]);
            position += BlockId.LengthBytes;
        }

        return true;
    }
}
