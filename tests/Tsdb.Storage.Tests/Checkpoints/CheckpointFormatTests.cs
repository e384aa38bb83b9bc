using Tsdb.Model.Labels;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Storage.Checkpoints;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Memtable;
using Tsdb.Storage.Recovery;
using Tsdb.Storage.Tests.Memtable;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Checkpoints;

/// <summary>The worked example of docs/formats.md, section Checkpoint: these bytes must be written and read for ever.</summary>
public sealed class CheckpointFormatTests
{
    private const string Directory = "/wal/0000";
    private static readonly string Path = CheckpointName.PathOf(Directory, 2);
    private static readonly LabelSet Labels = LabelSet.OfMetric("cpu", ("host", "a"));

    [Test]
    public void Document_Example_IsWhatIsWritten()
    {
        var files = new InMemoryFileSystem();
        files.CreateDirectory(Directory);
        var memtable = new ShardMemtable();
        memtable.Append(7, 1_700_000_000_000_000_000, 1.5);
        memtable.Append(7, 1_700_000_010_000_000_000, -2);
        var chunks = new List<ChunkSlice>();
        memtable.CollectChunks(7, TimeRange.All, 0, chunks);
        var header = new CheckpointHeader(0, 1, 2, new SequenceNumber(2), new SequenceNumber(2), 8);
        using (var writer = new CheckpointWriter(files.CreateFile(Path), header))
        {
            writer.AddSeries(7, Labels.Canonical);
            writer.AddChunks(7, chunks);
            writer.Complete();
        }

        memtable.Release();
        Assert.That(files.ReadAllBytes(Path), Is.EqualTo(Example()), () => Convert.ToHexStringLower(files.ReadAllBytes(Path)));
    }

    [Test]
    public void Document_Example_IsRead()
    {
        var files = new InMemoryFileSystem();
        files.CreateDirectory(Directory);
        files.WriteAllBytes(Path, Example());
        var replayer = new ShardReplayer(() => new ShardMemtable(), (_, _) => { });

        CheckpointReader.Read(files, Directory, shard: 0, firstSegment: 1, tailSegment: 2, replayer, CancellationToken.None);

        RecoveredShard recovered = replayer.Finish(0, default);
        Assert.That(recovered.Series.TryFind(Labels.Canonical, out uint slot), Is.True);
        Assert.That(slot, Is.EqualTo(7));
        Assert.That(MemtableContent.Read(recovered.Memtable, 7, TimeRange.All), Is.EqualTo(new SortedDictionary<long, long>
        {
            [1_700_000_000_000_000_000] = BitConverter.DoubleToInt64Bits(1.5),
            [1_700_000_010_000_000_000] = BitConverter.DoubleToInt64Bits(-2),
        }));
        recovered.Memtable.Release();
    }

    // The first block of hexadecimal bytes in the section; each line may end in words.
    private static byte[] Example()
    {
        string document = File.ReadAllText(System.IO.Path.Combine(RepositoryPaths.Root, "docs", "formats.md")).ReplaceLineEndings("\n");
        string section = document[document.IndexOf("\n## Checkpoint\n", StringComparison.Ordinal)..];
        int start = section.IndexOf("```\n", StringComparison.Ordinal) + 4;
        string block = section[start..section.IndexOf("\n```", start, StringComparison.Ordinal)];
        return [.. block.Split('\n').SelectMany(line => line.Split("  ")[0].Split(' ')).Select(text => Convert.ToByte(text, 16))];
    }
}
