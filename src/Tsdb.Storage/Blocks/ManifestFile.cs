using System.Buffers.Binary;
using Tsdb.Encoding.Checksums;
using Tsdb.Model.Errors;

namespace Tsdb.Storage.Blocks;

/// <summary>The bytes of a MANIFEST: header, then records to the end. Part of the file formats (docs/formats.md#manifest).</summary>
internal static class ManifestFile
{
    /// <summary>The file's name in the data folder.</summary>
    public const string Name = "MANIFEST";

    /// <summary>The name a new MANIFEST has until it is complete.</summary>
    public const string TemporaryName = "MANIFEST.tmp";

    /// <summary>Bytes of the header: magic u64, version u32, CRC-32C of these 12 bytes u32.</summary>
    public const int HeaderBytes = 16;

    private const ulong Magic = 0x494E414D_42445354; // "TSDBMANI"
    private const uint Version = 1;

    /// <summary>The bytes of a MANIFEST that says what one edit says.</summary>
    public static byte[] Encode(ManifestEdit edit)
    {
        byte[] record = ManifestRecord.Encode(edit, HeaderBytes);
        byte[] file = new byte[HeaderBytes + record.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(12), Crc32C.Compute(file.AsSpan(0, 12)));
        record.CopyTo(file.AsSpan(HeaderBytes));
        return file;
    }

    /// <summary>Reads a MANIFEST's bytes.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="lengthBytes">The length up to the end of the last whole record: what follows was being written when the process stopped.</param>
    /// <exception cref="CorruptionException">A record is damaged that others follow.</exception>
    /// <exception cref="DataFolderException">The file is of a newer version.</exception>
    public static ManifestState Decode(ReadOnlySpan<byte> bytes, string path, out int lengthBytes)
    {
        CheckHeader(bytes, path);
        ManifestState state = ManifestState.Empty;
        lengthBytes = HeaderBytes;
        while (TryGetPayload(bytes, lengthBytes, out ReadOnlySpan<byte> payload))
        {
            state = Apply(state, payload, path, lengthBytes);
            lengthBytes += ManifestRecord.HeaderBytes + payload.Length;
        }

        if (FindRecord(bytes, lengthBytes + 1) is { } next)
        {
            throw new CorruptionException(
                path, lengthBytes, $"the record here is damaged, and another follows at byte {next}; which blocks count cannot be known from this file");
        }

        return state;
    }

    private static void CheckHeader(ReadOnlySpan<byte> bytes, string path)
    {
        if (bytes.Length < HeaderBytes || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) != Crc32C.Compute(bytes[..12]))
        {
            throw new CorruptionException(path, 0, "it does not begin with the header of a MANIFEST");
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (version > Version)
        {
            throw new DataFolderException(path, $"{path} is of format version {version}; this program reads up to version {Version}.");
        }
    }

    private static bool TryGetPayload(ReadOnlySpan<byte> bytes, int offset, out ReadOnlySpan<byte> payload)
    {
        payload = [];
        if (bytes.Length - offset < ManifestRecord.HeaderBytes)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes[offset..]);
        if (length is <= 0 or > ManifestRecord.MaxPayloadBytes || length > bytes.Length - offset - ManifestRecord.HeaderBytes)
        {
            return false;
        }

        payload = bytes.Slice(offset + ManifestRecord.HeaderBytes, length);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[(offset + 4)..]) == ManifestRecord.ChecksumOf(payload, offset);
    }

    // A length may be what is damaged, so every byte is tried as the start of a record; checksums depend on the place, so what is found is one.
    private static int? FindRecord(ReadOnlySpan<byte> bytes, int from)
    {
        for (int offset = from; offset <= bytes.Length - ManifestRecord.HeaderBytes; offset++)
        {
            if (TryGetPayload(bytes, offset, out _))
            {
                return offset;
            }
        }

        return null;
    }

    private static ManifestState Apply(ManifestState state, ReadOnlySpan<byte> payload, string path, int offset)
    {
        if (!ManifestRecord.TryDecode(payload, out ManifestEdit? edit))
        {
            throw new CorruptionException(path, offset, "the checksum matches but the record is no edit of a MANIFEST");
        }

        try
        {
            return state.With(edit);
        }
        catch (ArgumentException error)
        {
            throw new CorruptionException(path, offset, $"the record contradicts those before it: {error.Message}");
        }
    }
}
