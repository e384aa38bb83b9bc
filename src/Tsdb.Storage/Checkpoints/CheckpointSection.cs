using System.Buffers.Binary;
using Tsdb.Encoding.Checksums;

namespace Tsdb.Storage.Checkpoints;

/// <summary>The 16 bytes before a section's payload.</summary>
/// <remarks>
/// Little-endian (authoritative: docs/formats.md#checkpoint):
/// <code>
///  0  length       u32   stored payload bytes, at least 1
///  4  crc          u32   CRC-32C of all after it, continued from the section's offset in the file: sections do not change places unnoticed
///  8  type         u8
///  9  flags        u8    1 = payload is an LZ4 block
/// 10  zero         u16
/// 12  raw length   u32   payload bytes once decompressed
/// </code>
/// </remarks>
/// <param name="LengthBytes">Payload bytes as stored.</param>
/// <param name="Type">What the section holds; any byte.</param>
/// <param name="IsCompressed">True when the payload is an LZ4 block.</param>
/// <param name="RawLengthBytes">Payload bytes once decompressed.</param>
internal readonly record struct CheckpointSection(int LengthBytes, CheckpointSectionType Type, bool IsCompressed, int RawLengthBytes)
{
    private const int CrcOffset = 4;
    private const int TypeOffset = 8;
    private const int FlagsOffset = 9;
    private const int ZeroOffset = 10;
    private const int RawLengthOffset = 12;
    private const byte Lz4 = 1;

    /// <summary>Header and payload together.</summary>
    public int TotalBytes => CheckpointFormat.SectionHeaderBytes + LengthBytes;

    /// <summary>Puts header and checksum before the payload that stands in <paramref name="section"/> already.</summary>
    public void Seal(Span<byte> section, long offsetBytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(section, LengthBytes);
        section[TypeOffset] = (byte)Type;
        section[FlagsOffset] = IsCompressed ? Lz4 : (byte)0;
        BinaryPrimitives.WriteUInt16LittleEndian(section[ZeroOffset..], 0);
        BinaryPrimitives.WriteInt32LittleEndian(section[RawLengthOffset..], RawLengthBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(section[CrcOffset..], ChecksumOf(section[..TotalBytes], offsetBytes));
    }

    /// <summary>Says whether a whole section, header and payload, is what was written at an offset.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> section, long offsetBytes) =>
        BinaryPrimitives.ReadUInt32LittleEndian(section[CrcOffset..]) == ChecksumOf(section, offsetBytes);

    /// <summary>Reads a header of 16 bytes. False when its lengths or flags are impossible; the checksum is not looked at.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out CheckpointSection section)
    {
        section = default;
        if (source.Length < CheckpointFormat.SectionHeaderBytes)
        {
            return false;
        }

        uint lengthBytes = BinaryPrimitives.ReadUInt32LittleEndian(source);
        uint rawLengthBytes = BinaryPrimitives.ReadUInt32LittleEndian(source[RawLengthOffset..]);
        byte flags = source[FlagsOffset];
        section = new CheckpointSection((int)lengthBytes, (CheckpointSectionType)source[TypeOffset], flags == Lz4, (int)rawLengthBytes);
        return lengthBytes is > 0 and <= CheckpointFormat.MaxPayloadBytes
            && rawLengthBytes is > 0 and <= CheckpointFormat.MaxPayloadBytes
            && flags <= Lz4
            && (section.IsCompressed || rawLengthBytes == lengthBytes)
            && BinaryPrimitives.ReadUInt16LittleEndian(source[ZeroOffset..]) == 0;
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> section, long offsetBytes) => Crc32C.Append((uint)offsetBytes, section[TypeOffset..]);
}
