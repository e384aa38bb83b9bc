using System.Buffers.Binary;
using Tsdb.Encoding.Checksums;

namespace Tsdb.Storage.Wal;

/// <summary>The first 64 bytes of a segment.</summary>
/// <remarks>
/// Little-endian (authoritative: docs/formats.md#wal):
/// <code>
///  0  magic        8 bytes    "TSDBWAL\n"
///  8  version      u32        1
/// 12  shard        u32        whose log it is
/// 16  segment      u64        its number, as in its name
/// 24  base         u64        highest sequence number logged before this segment
/// 32  generation   u64        number of the first segment of this generation
/// 40  previous     u64        length in bytes of the segment before; 0 when there was none
/// 48  zero         12 bytes
/// 60  crc          u32        CRC-32C of bytes 0 to 59
/// </code>
/// </remarks>
/// <param name="Shard">The shard whose log it is.</param>
/// <param name="Number">The segment's number; from 1.</param>
/// <param name="BaseSequence">The highest sequence number logged before this segment.</param>
/// <param name="Generation">The first segment of this generation.</param>
/// <param name="PreviousLengthBytes">How long the segment before is; 0 when there was none.</param>
internal readonly record struct WalSegmentHeader(uint Shard, long Number, ulong BaseSequence, long Generation, long PreviousLengthBytes)
{
    private const int VersionOffset = 8;
    private const int ShardOffset = 12;
    private const int NumberOffset = 16;
    private const int BaseOffset = 24;
    private const int GenerationOffset = 32;
    private const int PreviousOffset = 40;
    private const int CrcOffset = 60;

    /// <summary>Writes the header to the first 64 bytes of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination)
    {
        Span<byte> header = destination[..WalFormat.SegmentHeaderBytes];
        header.Clear();
        WalFormat.Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[VersionOffset..], WalFormat.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header[ShardOffset..], Shard);
        BinaryPrimitives.WriteInt64LittleEndian(header[NumberOffset..], Number);
        BinaryPrimitives.WriteUInt64LittleEndian(header[BaseOffset..], BaseSequence);
        BinaryPrimitives.WriteInt64LittleEndian(header[GenerationOffset..], Generation);
        BinaryPrimitives.WriteInt64LittleEndian(header[PreviousOffset..], PreviousLengthBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(header[CrcOffset..], Crc32C.Compute(header[..CrcOffset]));
    }

    /// <summary>Reads a header. False when the bytes are too few, or not what was written; the version is whatever it says.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out WalSegmentHeader header, out uint version)
    {
        header = default;
        version = 0;
        if (source.Length < WalFormat.SegmentHeaderBytes
            || !source.StartsWith(WalFormat.Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(source[CrcOffset..]) != Crc32C.Compute(source[..CrcOffset]))
        {
            return false;
        }

        version = BinaryPrimitives.ReadUInt32LittleEndian(source[VersionOffset..]);
        header = new WalSegmentHeader(
            BinaryPrimitives.ReadUInt32LittleEndian(source[ShardOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[NumberOffset..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[BaseOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[GenerationOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[PreviousOffset..]));
        return true;
    }
}
