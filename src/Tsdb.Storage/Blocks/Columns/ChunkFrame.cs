using System.Buffers.Binary;
using Tsdb.Encoding;
using Tsdb.Encoding.Checksums;

namespace Tsdb.Storage.Blocks.Columns;

/// <summary>
/// A chunk's bytes in <c>chunks.dat</c>: codec u8, payload, start timestamps if any, CRC-32C of all of these u32. Part of the file formats.
/// </summary>
/// <remarks>Frames follow each other without gaps, those of a series in time order, series in theirs.</remarks>
internal static class ChunkFrame
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeaderBytes = 1;

    /// <summary>Bytes of a frame that are not payload.</summary>
    public const int OverheadBytes = HeaderBytes + sizeof(uint);

    /// <summary>The checksum of a frame, given its parts.</summary>
    public static uint ChecksumOf(ChunkCodec codec, ReadOnlySpan<byte> payload) => Crc32C.Append(Crc32C.Compute([(byte)codec]), payload);

    /// <summary>Says whether a whole frame is what was written: its checksum, and the codec the index gives.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> frame, ChunkCodec codec)
    {
        ReadOnlySpan<byte> content = frame[..^sizeof(uint)];
        return content[0] == (byte)codec && Crc32C.Compute(content) == BinaryPrimitives.ReadUInt32LittleEndian(frame[content.Length..]);
    }
}
