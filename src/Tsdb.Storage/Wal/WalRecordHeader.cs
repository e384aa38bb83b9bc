using System.Buffers.Binary;
using Tsdb.Encoding.Checksums;

namespace Tsdb.Storage.Wal;

/// <summary>The 36 bytes before a record's payload.</summary>
/// <remarks>
/// Little-endian (authoritative: docs/formats.md#wal):
/// <code>
///  0  length       u32   stored payload bytes, 1 to 16 MiB; 0 = nothing written from here on
///  4  crc          u32   CRC-32C, seeded with the segment number, of all after it: bytes 8 to 35 and the payload
///  8  type         u8
///  9  flags        u8    1 = payload is an LZ4 block
/// 10  zero         u16
/// 12  tenant       u32
/// 16  sequence     u64
/// 24  synced up to u64   offset in this segment below which all was known durable when the record was written
/// 32  raw length   u32   payload bytes once decompressed
/// </code>
/// The seed makes bytes of another segment, left over in a reused place, fail the check.
/// </remarks>
internal readonly record struct WalRecordHeader
{
    private const int CrcOffset = 4;
    private const int TypeOffset = 8;
    private const int FlagsOffset = 9;
    private const int ZeroOffset = 10;
    private const int TenantOffset = 12;
    private const int SequenceOffset = 16;
    private const int SyncedUpToOffset = 24;
    private const int RawLengthOffset = 32;

    /// <summary>Payload bytes as stored.</summary>
    public required int LengthBytes { get; init; }

    /// <summary>What the record holds; any byte.</summary>
    public required WalRecordType Type { get; init; }

    /// <summary>How the payload is stored; any byte.</summary>
    public WalRecordFlags Flags { get; init; }

    /// <summary>Whose data it is.</summary>
    public uint Tenant { get; init; }

    /// <summary>The batch's place in the order of writes.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>The offset in this segment below which all was durable when the record was written.</summary>
    public long SyncedUpToBytes { get; init; }

    /// <summary>Payload bytes once decompressed; the same as <see cref="LengthBytes"/> when not compressed.</summary>
    public required int RawLengthBytes { get; init; }

    /// <summary>Header and stored payload together.</summary>
    public int TotalBytes => WalFormat.RecordHeaderBytes + LengthBytes;

    /// <summary>Writes the header, with no checksum yet, to the first 36 bytes of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination)
    {
        Span<byte> header = destination[..WalFormat.RecordHeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, LengthBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(header[CrcOffset..], 0);
        header[TypeOffset] = (byte)Type;
        header[FlagsOffset] = (byte)Flags;
        BinaryPrimitives.WriteUInt16LittleEndian(header[ZeroOffset..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(header[TenantOffset..], Tenant);
        BinaryPrimitives.WriteUInt64LittleEndian(header[SequenceOffset..], Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(header[SyncedUpToOffset..], SyncedUpToBytes);
        BinaryPrimitives.WriteInt32LittleEndian(header[RawLengthOffset..], RawLengthBytes);
    }

    /// <summary>Puts the checksum into a whole record, header and payload, that has none yet.</summary>
    public static void Seal(Span<byte> record, long segmentNumber) =>
        BinaryPrimitives.WriteUInt32LittleEndian(record[CrcOffset..], ChecksumOf(record, segmentNumber));

    /// <summary>Says whether a whole record, header and payload, is what was written in this segment.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> record, long segmentNumber) =>
        BinaryPrimitives.ReadUInt32LittleEndian(record[CrcOffset..]) == ChecksumOf(record, segmentNumber);

    /// <summary>Reads a header of 36 bytes. False when its lengths are impossible; the checksum and the type are not looked at.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out WalRecordHeader header)
    {
        uint lengthBytes = BinaryPrimitives.ReadUInt32LittleEndian(source);
        uint rawLengthBytes = BinaryPrimitives.ReadUInt32LittleEndian(source[RawLengthOffset..]);
        bool isPossible = lengthBytes is > 0 and <= WalFormat.MaxPayloadBytes
            && rawLengthBytes is > 0 and <= WalFormat.MaxPayloadBytes
            && BinaryPrimitives.ReadUInt16LittleEndian(source[ZeroOffset..]) == 0;
        header = !isPossible ? default : new WalRecordHeader
        {
            LengthBytes = (int)lengthBytes,
            Type = (WalRecordType)source[TypeOffset],
            Flags = (WalRecordFlags)source[FlagsOffset],
            Tenant = BinaryPrimitives.ReadUInt32LittleEndian(source[TenantOffset..]),
            Sequence = BinaryPrimitives.ReadUInt64LittleEndian(source[SequenceOffset..]),
            SyncedUpToBytes = BinaryPrimitives.ReadInt64LittleEndian(source[SyncedUpToOffset..]),
            RawLengthBytes = (int)rawLengthBytes,
        };
        return isPossible;
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> record, long segmentNumber) =>
        Crc32C.Append((uint)segmentNumber, record[TypeOffset..]);
}
