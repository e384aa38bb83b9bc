using Tsdb.Model.Errors;
using Tsdb.Model.Files;
using Tsdb.Storage.Blocks;
using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Tool.Inspecting;

/// <summary>Shows blocks: what meta.json says, the files and sections with their checksums, the series and their chunks (docs/formats.md#block).</summary>
/// <param name="files">The disk; only read.</param>
/// <param name="report">Where to write.</param>
/// <param name="showsSeries">Whether to show each series too.</param>
internal sealed class BlockInspector(IFileSystem files, InspectionReport report, bool showsSeries)
{
    private readonly BlockFileView _fileView = new(files, report);

    /// <summary>Shows a block and checks all of it. What damage hides is left out; the rest is shown.</summary>
    /// <exception cref="DataFolderException">There is no such folder.</exception>
    public void Inspect(string folder)
    {
        if (!files.DirectoryExists(folder))
        {
            throw new DataFolderException(folder, $"{folder} is not a folder; a block is a folder of {BlockNames.Meta} and two data files.");
        }

        report.Heading(folder);
        BlockMeta? meta = null;
        report.TryCheck(() => meta = BlockMetaFile.Read(files, Path.Combine(folder, BlockNames.Meta)));
        if (meta is null)
        {
            return; // the id and lengths to check the files against are not known
        }

        ShowMeta(meta);
        bool isIndexWhole = _fileView.Show(Path.Combine(folder, BlockNames.Index), BlockFileFormat.IndexMagic, meta.Id, meta.Index);
        bool isChunksFrameWhole = _fileView.Show(Path.Combine(folder, BlockNames.Chunks), BlockFileFormat.ChunksMagic, meta.Id, meta.Chunks);
        if (isIndexWhole && isChunksFrameWhole)
        {
            report.TryCheck(() => ShowSeries(folder));
        }
        else
        {
            report.Note("Its series cannot be read.");
        }
    }

    private void ShowMeta(BlockMeta meta)
    {
        using PagedTable table = report.BeginTable(BlockNames.Meta, "");
        table.Add("id", meta.Id.ToString());
        table.Add("format version", FieldText.Number(meta.FormatVersion));
        table.Add("tenant", FieldText.Number(meta.Tenant.Value));
        table.Add("level", FieldText.Number(meta.Level));
        table.Add("first sample", FieldText.Time(meta.Range.MinTimeNs));
        table.Add("last sample", FieldText.Time(meta.Range.MaxTimeNs));
        table.Add("sequences", $"{meta.MinSequence.Value} to {meta.MaxSequence.Value}");
        table.Add("series", FieldText.Number(meta.SeriesCount));
        table.Add("chunks", FieldText.Number(meta.ChunkCount));
        table.Add("samples", FieldText.Number(meta.SampleCount));
    }

    private void ShowSeries(string folder)
    {
        var block = Block.Open(files, folder);
        try
        {
            using var chunks = MappedFrame.Open(files, Path.Combine(folder, BlockNames.Chunks));
            new BlockSeriesView(block, chunks.Frame, report).Show(showsSeries);
        }
        finally
        {
            block.Release();
        }
    }
}
