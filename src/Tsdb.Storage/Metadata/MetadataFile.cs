using System.Buffers.Binary;
using Tsdb.Encoding.Bits;
using Tsdb.Encoding.Checksums;
using Tsdb.Model.Errors;
using Tsdb.Model.Metadata;
using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Storage.Metadata;

/// <summary>The bytes of the file METADATA: header, then records to the end. Part of the file formats.</summary>
/// <remarks>
/// <code>
///  header: magic u64 | version u32 | CRC-32C of these 12 bytes u32
///  record: length u32: bytes of the payload | CRC-32C of the payload u32, seeded with the record's offset | payload
///  payload: entries; each: type u8 | family, help, unit: varint length and bytes each; a later entry of a family replaces an earlier one
/// </code>
/// Authoritative: docs/formats.md#metadata.
/// </remarks>
internal static class MetadataFile
{
    /// <summary>The file's name in the data folder.</summary>
    public const string Name = "METADATA";

    /// <summary>The name a new file has until it is complete.</summary>
    public const string TemporaryName = "METADATA.tmp";

    /// <summary>Bytes of the header.</summary>
    public const int HeaderBytes = 16;

    /// <summary>Bytes before a record's payload.</summary>
    public const int RecordHeaderBytes = 8;

    /// <summary>A longer record is not believed; writers begin a new one far earlier.</summary>
    private const int MaxPayloadBytes = 16 << 20;

    private const int FullPayloadBytes = 1 << 20;
    private const ulong Magic = 0x4154454D_42445354; // "TSDBMETA"
    private const uint Version = 1;

    /// <summary>The header.</summary>
    public static byte[] EncodeHeader()
    {
        byte[] header = new byte[HeaderBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), Crc32C.Compute(header.AsSpan(0, 12)));
        return header;
    }

    /// <summary>The records of entries, the first of which will lie at an offset of the file.</summary>
    public static byte[] EncodeRecords(IEnumerable<MetadataEntry> entries, long offsetBytes)
    {
        using var records = new MemoryStream();
        var payload = new SectionBuilder();
        foreach (MetadataEntry entry in entries)
        {
            payload.WriteByte((byte)entry.Type);
            WriteText(payload, entry.Family);
            WriteText(payload, entry.Help);
            WriteText(payload, entry.Unit);
            if (payload.LengthBytes >= FullPayloadBytes)
            {
                WriteRecord(records, payload.Payload, offsetBytes);
                payload = new SectionBuilder();
            }
        }

        if (payload.LengthBytes > 0)
        {
            WriteRecord(records, payload.Payload, offsetBytes);
        }

        return records.ToArray();
    }

    /// <summary>Reads a file into a table, up to the first bytes that are no whole record.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="table">Takes the entries.</param>
    /// <returns>The length up to where it is whole; 0 when not even the header is.</returns>
    /// <exception cref="DataFolderException">The file is of a newer version.</exception>
    public static int Decode(ReadOnlySpan<byte> bytes, string path, MetadataTable table)
    {
        if (bytes.Length < HeaderBytes || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) != Crc32C.Compute(bytes[..12]))
        {
            return 0;
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (version > Version)
        {
            throw new DataFolderException(path, $"{path} is of format version {version}; this program reads up to version {Version}.");
        }

        int offset = HeaderBytes;
        while (TryReadRecord(bytes, offset, table, out int lengthBytes))
        {
            offset += lengthBytes;
        }

        return offset;
    }

    private static void WriteText(SectionBuilder payload, byte[] text)
    {
        payload.WriteVarint((uint)text.Length);
        payload.Write(text);
    }

    private static void WriteRecord(MemoryStream records, ReadOnlySpan<byte> payload, long firstOffsetBytes)
    {
        Span<byte> header = stackalloc byte[RecordHeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], ChecksumOf(payload, firstOffsetBytes + records.Length));
        records.Write(header);
        records.Write(payload);
    }

    // The seed keeps a record from passing in another place.
    private static uint ChecksumOf(ReadOnlySpan<byte> payload, long offsetBytes) => Crc32C.Append((uint)offsetBytes, payload);

    private static bool TryReadRecord(ReadOnlySpan<byte> bytes, int offset, MetadataTable table, out int lengthBytes)
    {
        lengthBytes = 0;
        ReadOnlySpan<byte> rest = bytes[offset..];
        if (rest.Length < RecordHeaderBytes)
        {
            return false;
        }

        int payloadBytes = BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (payloadBytes is <= 0 or > MaxPayloadBytes || payloadBytes > rest.Length - RecordHeaderBytes)
        {
            return false;
        }

        ReadOnlySpan<byte> payload = rest.Slice(RecordHeaderBytes, payloadBytes);
        lengthBytes = RecordHeaderBytes + payloadBytes;
        return BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]) == ChecksumOf(payload, offset) && TryReadEntries(payload, table);
    }

    private static bool TryReadEntries(ReadOnlySpan<byte> payload, MetadataTable table)
    {
        int position = 0;
        while (position < payload.Length)
        {
            byte type = payload[position++];
            if (type > (byte)MetricType.StateSet || !TryReadText(payload, ref position, out ReadOnlySpan<byte> family)
                || !TryReadText(payload, ref position, out ReadOnlySpan<byte> help) || !TryReadText(payload, ref position, out ReadOnlySpan<byte> unit))
            {
                return false;
            }

            table.TrySet(family, (MetricType)type, help, unit, out _);
        }

        return true;
    }

    private static bool TryReadText(ReadOnlySpan<byte> payload, ref int position, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!Varint.TryReadCount(payload, ref position, payload.Length, out int length) || length > payload.Length - position)
        {
            return false;
        }

        text = payload.Slice(position, length);
        position += length;
        return true;
    }
}
