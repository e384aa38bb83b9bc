using Tsdb.Model.Placement;
using Tsdb.Model.Time;
using Tsdb.Storage.Blocks;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Series;
using Tsdb.Storage.Shards;

namespace Tsdb.Storage.Compaction;

/// <summary>Turns a frozen memtable into blocks. The blocks are complete and synced on disk, but count only once the MANIFEST names them.</summary>
/// <param name="files">Where and how blocks are created.</param>
internal sealed class MemtableFlusher(BlockFiles files)
{
    /// <summary>Writes the memtable's samples.</summary>
    /// <returns>The new blocks, opened, each with one reference that the caller owns.</returns>
    public IReadOnlyList<Block> Flush(FrozenMemtable frozen, SeriesTable series, CancellationToken cancellationToken)
    {
        if (frozen.Table.SampleCount == 0)
        {
            return [];
        }

        var slots = new List<uint>();
        frozen.Table.CopySlots(slots);
        using var sorted = new SortedSlots(series, slots);
        var blocks = new List<Block>();
        try
        {
            foreach (TimeRange span in BlockSpans.Of(frozen.Table.Range))
            {
                if (WriteBlock(frozen, sorted, span, cancellationToken) is { } block)
                {
                    blocks.Add(block);
                }
            }
        }
        catch
        {
            // No MANIFEST names them yet, and the next try writes them anew.
            blocks.ForEach(block => block.Delete());
            throw;
        }

        return blocks;
    }

    private Block? WriteBlock(FrozenMemtable frozen, SortedSlots sorted, TimeRange span, CancellationToken cancellationToken)
    {
        using var rewriter = new ChunkRewriter();
        using BlockWriter writer = files.Create(TenantId.Default, frozen.MinSequence, frozen.MaxSequence);
        var histogramRewriter = new HistogramRewriter();
        var chunks = new List<ChunkSlice>();
        var histograms = new List<ChunkSlice>();
        bool hasSamples = false;
        for (int i = 0; i < sorted.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            chunks.Clear();
            histograms.Clear();
            frozen.Table.CollectChunks(sorted.SlotAt(i), span, rank: 0, chunks);
            frozen.Table.CollectHistograms(sorted.SlotAt(i), span, rank: 0, histograms);
            if (chunks.Count > 0 || histograms.Count > 0)
            {
                writer.BeginSeries(sorted.LabelsAt(i));
                histogramRewriter.Write(histograms, span, writer);
                rewriter.Write(chunks, span, writer);
                hasSamples = true;
            }
        }

        return hasSamples ? files.Publish(writer) : null;
    }
}
