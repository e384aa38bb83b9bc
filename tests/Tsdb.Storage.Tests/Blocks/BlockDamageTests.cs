using System.Buffers.Binary;
using Tsdb.Encoding.Checksums;
using Tsdb.Model.Errors;
using Tsdb.Storage.Blocks;
using Tsdb.Storage.Blocks.Layout;
using Tsdb.Testing.Files;
using Tsdb.Testing.Samples;

namespace Tsdb.Storage.Tests.Blocks;

public sealed class BlockDamageTests
{
    private static readonly string[] FileNames = [BlockNames.Chunks, BlockNames.Index, BlockNames.Meta];

    [TestCaseSource(nameof(FileNames))]
    public void Open_AnyByteFlipped_IsReportedOrHarmless(string name)
    {
        (InMemoryFileSystem files, string intact) = SmallBlock();
        string path = Path.Combine(TestBlock.Folder, name);
        byte[] bytes = files.ReadAllBytes(path);
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= (byte)(1 << (i % 8));
            files.WriteAllBytes(path, bytes);
            Assert.That(DescribeOrNull(files), Is.EqualTo(intact).Or.Null, $"byte {i} of {name}");
            bytes[i] ^= (byte)(1 << (i % 8));
        }
    }

    [TestCaseSource(nameof(FileNames))]
    public void Open_AnyLengthCut_IsReported(string name)
    {
        (InMemoryFileSystem files, _) = SmallBlock();
        string path = Path.Combine(TestBlock.Folder, name);
        byte[] bytes = files.ReadAllBytes(path);
        for (int length = 0; length < bytes.Length; length++)
        {
            files.WriteAllBytes(path, bytes.AsSpan(0, length));
            Assert.That(DescribeOrNull(files), Is.Null, $"{length} bytes of {name}");
        }
    }

    [TestCaseSource(nameof(FileNames))]
    public void Open_FileMissing_IsReported(string name)
    {
        (InMemoryFileSystem files, _) = SmallBlock();
        string path = Path.Combine(TestBlock.Folder, name);
        files.DeleteFile(path);
        Assert.That(() => Block.Open(files, TestBlock.Folder), Throws.TypeOf<CorruptionException>().With.Message.Contains(path));
    }

    // With matching checksums the reader meets bytes no writer wrote: it must still report damage or read something, never crash.
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void Open_RandomBytesUnderValidChecksums_NeverCrashes(int seed)
    {
        var random = new Random(seed);
        (InMemoryFileSystem files, _) = SmallBlock();
        string path = Path.Combine(TestBlock.Folder, BlockNames.Index);
        byte[] bytes = files.ReadAllBytes(path);
        int count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(bytes.Length - BlockFileFormat.FooterTailBytes));
        Span<byte> footer = bytes.AsSpan(bytes.Length - BlockFileFormat.FooterTailBytes - (count * BlockFileFormat.FooterEntryBytes));
        Span<byte> entryBytes = footer[(random.Next(count) * BlockFileFormat.FooterEntryBytes)..];
        SectionEntry entry = SectionEntry.Read(entryBytes);
        Span<byte> payload = bytes.AsSpan((int)entry.OffsetBytes, (int)entry.LengthBytes);
        for (int i = random.Next(3); i >= 0; i--)
        {
            payload[random.Next(payload.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)random.Next(4);
        }

        entry = entry with { Checksum = Crc32C.Compute(payload) };
        entry.Write(entryBytes);
        entry.WriteHeader(bytes.AsSpan((int)entry.OffsetBytes - BlockFileFormat.SectionHeaderBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(footer[^(BlockFileFormat.FooterTailBytes - 4)..], BlockFileWriter.FooterChecksum(footer));
        files.WriteAllBytes(path, bytes);

        DescribeOrNull(files);
    }

    [Test]
    public void Open_FilesOfAnotherBlock_IsReported()
    {
        (InMemoryFileSystem files, _) = SmallBlock();
        string path = Path.Combine(TestBlock.Folder, BlockNames.Meta);
        BlockMeta other = BlockMetaFile.Read(files, path) with { Id = TestBlock.IdOf("01JD8Z7C00ABCDEFGHJKMNPQRT") };
        files.WriteAllBytes(path, BlockMetaFile.Encode(other));
        Assert.That(() => Block.Open(files, TestBlock.Folder), Throws.TypeOf<CorruptionException>().With.Message.Contains("belongs to block"));
    }

    [Test]
    public void Open_NewerVersion_IsRefused()
    {
        (InMemoryFileSystem files, _) = SmallBlock();
        string path = Path.Combine(TestBlock.Folder, BlockNames.Meta);
        files.WriteAllBytes(path, BlockMetaFile.Encode(BlockMetaFile.Read(files, path) with { FormatVersion = 2 }));
        Assert.That(() => Block.Open(files, TestBlock.Folder), Throws.TypeOf<DataFolderException>().With.Message.Contains("version 2"));
    }

    [Test]
    public void Scrub_PaddingChanged_IsReported()
    {
        (InMemoryFileSystem files, _) = SmallBlock();
        string path = Path.Combine(TestBlock.Folder, BlockNames.Index);
        byte[] bytes = files.ReadAllBytes(path);
        int padding = bytes.AsSpan(0, bytes.Length - 250).LastIndexOf((byte)0);
        int found = Enumerable.Range(0, padding).First(i => IsHarmless(files, path, bytes, i));
        bytes[found] ^= 1;
        files.WriteAllBytes(path, bytes);
        Block block = Block.Open(files, TestBlock.Folder);
        Assert.That(block.Scrub, Throws.TypeOf<CorruptionException>().With.Message.Contains("Merkle"));
    }

    private static bool IsHarmless(InMemoryFileSystem files, string path, byte[] bytes, int at)
    {
        byte[] changed = [.. bytes];
        changed[at] ^= 1;
        files.WriteAllBytes(path, changed);
        return DescribeOrNull(files) is not null;
    }

    private static (InMemoryFileSystem Files, string Content) SmallBlock()
    {
        InMemoryFileSystem files = TestBlock.NewDisk();
        TestBlock.Write(files,
        [
            A.Series("cpu", ("host", "a"), ("job", "x")).Values(1, 2.5, 3, 0.1),
            A.Series("cpu", ("host", "ab"), ("job", "x")).Values(1, A.Stale),
            A.Series("mem", ("host", "a")).Values(1e300),
        ]);
        return (files, DescribeOrNull(files)!);
    }

    private static string? DescribeOrNull(InMemoryFileSystem files)
    {
        try
        {
            Block block = Block.Open(files, TestBlock.Folder);
            string content = TestBlock.Describe(block);
            block.Release();
            return content;
        }
        catch (CorruptionException)
        {
            return null;
        }
    }
}
