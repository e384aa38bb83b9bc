using System.Globalization;
using System.Text.Json;
using Tsdb.Encoding.Checksums;
using Tsdb.Model.Errors;
using Tsdb.Model.Files;
using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;

namespace Tsdb.Storage.Blocks;

/// <summary>
/// Reads and writes <c>meta.json</c>: one JSON object whose last member is the CRC-32C of all bytes before it (docs/formats.md#metajson).
/// </summary>
internal static class BlockMetaFile
{
    private const int MaxLengthBytes = 64 << 10; // about 700 bytes are used; room for later members
    private static readonly JsonWriterOptions WriterOptions = new() { Indented = true, NewLine = "\n" };

    /// <summary>The file's bytes.</summary>
    public static byte[] Encode(BlockMeta meta)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, WriterOptions))
        {
            WriteMembers(json, meta);
        }

        ReadOnlySpan<byte> members = stream.ToArray().AsSpan()[..^"\n}".Length];
        return [.. members, .. Ending(members)];
    }

    /// <summary>Reads a block's meta file.</summary>
    /// <exception cref="CorruptionException">The file is missing or its bytes are not what was written.</exception>
    /// <exception cref="DataFolderException">The block is of a newer version.</exception>
    public static BlockMeta Read(IFileSystem files, string path) => Decode(ReadAll(files, path), path);

    /// <summary>Reads the file's bytes; <paramref name="path"/> is for messages.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static BlockMeta Decode(ReadOnlySpan<byte> bytes, string path)
    {
        int membersLength = bytes.Length - Ending([]).Length;
        if (membersLength < 0 || !Ending(bytes[..membersLength]).AsSpan().SequenceEqual(bytes[membersLength..]))
        {
            throw new CorruptionException(path, Math.Max(membersLength, 0), "the checksum does not match");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes.ToArray());
            return ReadMembers(document.RootElement, path);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new CorruptionException(path, 0, $"the checksum matches but the members do not make a block's description ({error.Message})");
        }
    }

    private static byte[] Ending(ReadOnlySpan<byte> members) =>
        System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\n  \"checksum\": \"{Crc32C.Compute(members):x8}\"\n}}\n"));

    private static byte[] ReadAll(IFileSystem files, string path)
    {
        if (!files.FileExists(path))
        {
            throw new CorruptionException(path, 0, "the file is missing");
        }

        using IReadableFile file = files.OpenForReading(path);
        if (file.LengthBytes > MaxLengthBytes)
        {
            throw new CorruptionException(path, 0, $"it has {file.LengthBytes} bytes, where at most {MaxLengthBytes} are expected");
        }

        byte[] bytes = new byte[file.LengthBytes];
        int read = file.Read(0, bytes);
        return bytes[..read];
    }

    private static void WriteMembers(Utf8JsonWriter json, BlockMeta meta)
    {
        json.WriteStartObject();
        json.WriteNumber("formatVersion"u8, meta.FormatVersion);
        json.WriteString("id"u8, meta.Id.ToString());
        json.WriteNumber("tenant"u8, meta.Tenant.Value);
        json.WriteNumber("level"u8, meta.Level);
        json.WriteNumber("minTimeNs"u8, meta.Range.MinTimeNs);
        json.WriteNumber("maxTimeNs"u8, meta.Range.MaxTimeNs);
        json.WriteNumber("minSequence"u8, meta.MinSequence.Value);
        json.WriteNumber("maxSequence"u8, meta.MaxSequence.Value);
        json.WriteNumber("series"u8, meta.SeriesCount);
        json.WriteNumber("chunks"u8, meta.ChunkCount);
        json.WriteNumber("samples"u8, meta.SampleCount);
        json.WriteStartObject("files"u8);
        WriteDigest(json, BlockNames.Chunks, meta.Chunks);
        WriteDigest(json, BlockNames.Index, meta.Index);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteDigest(Utf8JsonWriter json, string name, FileDigest digest)
    {
        json.WriteStartObject(name);
        json.WriteNumber("lengthBytes"u8, digest.LengthBytes);
        json.WriteString("merkleSha256"u8, digest.MerkleRoot);
        json.WriteEndObject();
    }

    private static BlockMeta ReadMembers(JsonElement root, string path)
    {
        int version = root.GetProperty("formatVersion"u8).GetInt32();
        if (version > BlockMeta.CurrentFormatVersion)
        {
            throw new DataFolderException(
                path, $"{path} describes a block of format version {version}; this program reads up to version {BlockMeta.CurrentFormatVersion}.");
        }

        JsonElement fileMembers = root.GetProperty("files"u8);
        return new BlockMeta
        {
            FormatVersion = version,
            Id = BlockId.TryParse(root.GetProperty("id"u8).GetString(), out BlockId id) ? id : throw new FormatException("the id is not a ULID"),
            Tenant = new TenantId(root.GetProperty("tenant"u8).GetUInt32()),
            Level = root.GetProperty("level"u8).GetInt32(),
            Range = new TimeRange(root.GetProperty("minTimeNs"u8).GetInt64(), root.GetProperty("maxTimeNs"u8).GetInt64()),
            MinSequence = new SequenceNumber(root.GetProperty("minSequence"u8).GetUInt64()),
            MaxSequence = new SequenceNumber(root.GetProperty("maxSequence"u8).GetUInt64()),
            SeriesCount = root.GetProperty("series"u8).GetInt32(),
            ChunkCount = root.GetProperty("chunks"u8).GetInt32(),
            SampleCount = root.GetProperty("samples"u8).GetInt64(),
            Chunks = ReadDigest(fileMembers.GetProperty(BlockNames.Chunks)),
            Index = ReadDigest(fileMembers.GetProperty(BlockNames.Index)),
        };
    }

    private static FileDigest ReadDigest(JsonElement member) =>
        new(member.GetProperty("lengthBytes"u8).GetInt64(), member.GetProperty("merkleSha256"u8).GetString() ?? "");
}
