using System.Buffers;
using System.Globalization;
using Tsdb.Encoding.Chunks;
using Tsdb.Model.Errors;
using Tsdb.Model.Files;
using Tsdb.Model.Labels;
using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Storage.Blocks;
using Tsdb.Storage.Blocks.Columns;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Index;
using Tsdb.Testing.Files;
using Tsdb.Testing.Samples;

namespace Tsdb.Storage.Tests.Blocks;

/// <summary>Writes blocks for tests and reads back all that is in them.</summary>
internal static class TestBlock
{
    public const string BlocksFolder = "/data/blocks";

    public static readonly BlockId Id = IdOf("01JD8Z7C00ABCDEFGHJKMNPQRS");

    public static string Folder => Path.Combine(BlocksFolder, Id.ToString());

    public static BlockId IdOf(string text) => BlockId.TryParse(text, out BlockId id) ? id : throw new FormatException(text);

    public static InMemoryFileSystem NewDisk()
    {
        var files = new InMemoryFileSystem();
        files.CreateDirectory(BlocksFolder);
        return files;
    }

    public static BlockWriter NewWriter(IFileSystem files) =>
        BlockWriter.Create(files, BlocksFolder, Id, TenantId.Default, level: 0, new SequenceNumber(3), new SequenceNumber(9));

    /// <summary>Publishes a block of the series, in any order, in chunks of a few samples.</summary>
    public static BlockMeta Write(IFileSystem files, IEnumerable<TestSeries> series, int samplesPerChunk = 3)
    {
        using BlockWriter writer = NewWriter(files);
        Fill(writer, series, samplesPerChunk);
        return writer.Publish();
    }

    public static void Fill(BlockWriter writer, IEnumerable<TestSeries> series, int samplesPerChunk = 3)
    {
        foreach (TestSeries one in series.OrderBy(s => s.Labels))
        {
            writer.BeginSeries(one.Labels.Canonical);
            bool raw = false;
            foreach (Sample[] samples in one.Samples.Chunk(samplesPerChunk))
            {
                writer.AddChunk(raw ? TestChunk.Raw(samples) : TestChunk.Gorilla(samples));
                raw = !raw;
            }
        }
    }

    /// <summary>Everything in a block, read in every way there is, as text.</summary>
    public static string Describe(Block block)
    {
        var text = new List<string> { block.Meta.ToString() };
        for (uint row = 0; row < block.SeriesCount; row++)
        {
            LabelSet labels = LabelsOf(block, row);
            text.Add($"{row}: {labels}");
            foreach (Label label in labels)
            {
                var postings = new PostingBuffer();
                block.CopyPostings(System.Text.Encoding.UTF8.GetBytes(label.Name), System.Text.Encoding.UTF8.GetBytes(label.Value), postings);
                text.Add($"  {label}: {string.Join(' ', postings.Items.ToArray())}");
            }

            text.AddRange(EntriesOf(block, row).Select(entry => $"  {entry}"));
            text.AddRange(SamplesOf(block, row).Select(sample => string.Create(
                CultureInfo.InvariantCulture, $"  {sample.TimestampNs} {BitConverter.DoubleToUInt64Bits(sample.Value):x16}")));
        }

        for (ushort shard = 0; shard < VirtualShard.Count; shard++)
        {
            var postings = new PostingBuffer();
            block.CopyVirtualShard(new VirtualShard(shard), postings);
            if (postings.Count > 0)
            {
                text.Add($"virtual shard {shard}: {string.Join(' ', postings.Items.ToArray())}");
            }
        }

        return string.Join('\n', text);
    }

    public static LabelSet LabelsOf(Block block, uint row)
    {
        var labels = new ArrayBufferWriter<byte>();
        block.CopyLabels(row, labels);
        return LabelSet.FromTrusted(labels.WrittenSpan);
    }

    public static List<ChunkEntry> EntriesOf(Block block, uint row)
    {
        var entries = new List<ChunkEntry>();
        ChunkEntryReader reader = block.ChunkEntriesOf(row);
        while (reader.TryRead(out ChunkEntry entry))
        {
            entries.Add(entry);
        }

        return entries;
    }

    public static List<Sample> SamplesOf(Block block, uint row)
    {
        var chunks = new List<ChunkSlice>();
        block.CollectChunks(row, TimeRange.All, rank: 0, chunks);
        var samples = new List<Sample>();
        foreach (ChunkSlice chunk in chunks)
        {
            var timestampsNs = new long[chunk.Count];
            var values = new double[chunk.Count];
            if (!ChunkDecoder.TryDecode(chunk.Codec, chunk.Bytes, chunk.Unit, chunk.Count, timestampsNs, values))
            {
                throw new CorruptionException(BlockNames.Chunks, 0, "a chunk cannot be decoded"); // as readers of blocks do
            }

            samples.AddRange(timestampsNs.Zip(values, (t, v) => new Sample(t, v)));
        }

        return samples;
    }
}
