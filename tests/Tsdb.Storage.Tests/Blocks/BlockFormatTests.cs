using System.Globalization;
using Tsdb.Model.Labels;
using Tsdb.Model.Samples;
using Tsdb.Storage.Blocks;
using Tsdb.Testing.Files;
using Tsdb.Testing.Samples;

namespace Tsdb.Storage.Tests.Blocks;

/// <summary>The worked examples of docs/formats.md, sections Block and MANIFEST: these bytes must be written, and read for ever.</summary>
public sealed class BlockFormatTests
{
    private const int RowBytes = 32;

    private static readonly string[] FileNames = [BlockNames.Chunks, BlockNames.Index];

    private static readonly TestSeries[] Series =
    [
        new(LabelSet.OfMetric("up", ("job", "a")), [new Sample(1_000, 1), new Sample(2_000, 0.5)]),
        new(LabelSet.OfMetric("up", ("job", "b")), [new Sample(1_000, 1), new Sample(2_000, 3)]),
    ];

    [TestCaseSource(nameof(FileNames))]
    public void DataFile_Example_IsInTheDocument(string name)
    {
        InMemoryFileSystem files = WriteExample();
        Assert.That(Document(), Does.Contain(Dump(files.ReadAllBytes(Path.Combine(TestBlock.Folder, name)))));
    }

    [Test]
    public void MetaFile_Example_IsInTheDocument()
    {
        InMemoryFileSystem files = WriteExample();
        Assert.That(Document(), Does.Contain(System.Text.Encoding.UTF8.GetString(files.ReadAllBytes(Path.Combine(TestBlock.Folder, BlockNames.Meta)))));
    }

    [Test]
    public void Open_BytesOfTheDocument_GivesTheExample()
    {
        InMemoryFileSystem files = TestBlock.NewDisk();
        files.CreateDirectory(TestBlock.Folder);
        string meta = Fenced("```json\n");
        files.WriteAllBytes(Path.Combine(TestBlock.Folder, BlockNames.Meta), System.Text.Encoding.UTF8.GetBytes(meta));
        foreach (string name in FileNames)
        {
            files.WriteAllBytes(Path.Combine(TestBlock.Folder, name), Undump(Fenced($"```text {name}\n")));
        }

        Block block = Block.Open(files, TestBlock.Folder);

        block.Scrub();
        Assert.That(Enumerable.Range(0, 2).Select(row => TestBlock.LabelsOf(block, (uint)row)), Is.EqualTo(Series.Select(s => s.Labels)));
        Assert.That(Enumerable.Range(0, 2).Select(row => TestBlock.SamplesOf(block, (uint)row)), Is.EqualTo(Series.Select(s => s.Samples)));
    }

    [Test]
    public void Manifest_Example_IsInTheDocumentAndCanBeRead()
    {
        var files = new InMemoryFileSystem();
        files.CreateDirectory("/data");
        using (Manifest manifest = Manifest.Open(files, "/data"))
        {
            manifest.Append(new ManifestEdit { ShardCount = 2 });
            manifest.Append(new ManifestEdit { Added = [TestBlock.Id], LastSequence = new SequenceNumber(300), Shards = [new ShardEdit(1, 4, 1000)] });
        }

        string dump = Fenced("```text MANIFEST\n");
        Assert.That(Dump(files.ReadAllBytes("/data/MANIFEST")), Is.EqualTo(dump));
        Assert.That(ManifestFile.Decode(Undump(dump), "MANIFEST", out _).Blocks, Is.EqualTo(new[] { TestBlock.Id }));
    }

    private static InMemoryFileSystem WriteExample()
    {
        InMemoryFileSystem files = TestBlock.NewDisk();
        TestBlock.Write(files, Series);
        return files;
    }

    // Rows of zeros are left out, but for the last row, so that the length is known.
    private static string Dump(byte[] bytes) => string.Concat(bytes.Chunk(RowBytes).Select((row, i) =>
        row.AsSpan().ContainsAnyExcept((byte)0) || (i + 1) * RowBytes >= bytes.Length
            ? string.Create(CultureInfo.InvariantCulture, $"{i * RowBytes:x4}  {string.Join(' ', row.Select(b => $"{b:x2}"))}\n")
            : ""));

    private static byte[] Undump(string dump)
    {
        var bytes = new List<byte>();
        foreach (string line in dump.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int offset = int.Parse(line.AsSpan(0, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            bytes.AddRange(new byte[offset - bytes.Count]);
            bytes.AddRange(Convert.FromHexString(line[6..].Replace(" ", "", StringComparison.Ordinal)));
        }

        return [.. bytes];
    }

    private static string Fenced(string opening)
    {
        string document = Document();
        int start = document.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        return document[start..document.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static string Document() => File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "formats.md")).ReplaceLineEndings("\n");
}
