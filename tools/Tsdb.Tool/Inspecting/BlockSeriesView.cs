using System.Buffers;
using Tsdb.Model.Labels;
using Tsdb.Storage.Blocks;
using Tsdb.Storage.Blocks.Columns;
using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Tool.Inspecting;

/// <summary>Shows the series of a block with their chunks, and checks each chunk.</summary>
/// <param name="block">The block; the caller holds it.</param>
/// <param name="chunks">Its chunks.dat.</param>
/// <param name="report">Where to write.</param>
internal sealed class BlockSeriesView(Block block, BlockFrame chunks, InspectionReport report)
{
    private static readonly string[] Columns =
    [
        "chunk", "codec", "unit", "kind", "samples", "first sample", "last sample", "offset", "bytes", "first", "last", "min", "max", "sum", "resets",
        "holds", "CRC-32C",
    ];

    private readonly ArrayBufferWriter<byte> _labels = new();
    private long _chunkCount;
    private long _damagedCount;

    /// <summary>Checks all series, shows each if asked to, and sums up.</summary>
    public void Show(bool showsEach)
    {
        for (uint row = 0; row < block.SeriesCount; row++)
        {
            if (showsEach)
            {
                report.Heading($"Series {row}: {LabelsOf(row)}");
                using PagedTable table = report.BeginTable(Columns);
                Check(row, table);
            }
            else
            {
                Check(row, null);
            }
        }

        report.Heading(
            $"{FieldText.Number(block.SeriesCount)} series, {FieldText.Count(_chunkCount, "chunk", "chunks")}, of which {_damagedCount} damaged.");
    }

    private void Check(uint row, PagedTable? table)
    {
        ChunkEntryReader entries = block.ChunkEntriesOf(row);
        while (entries.TryRead(out ChunkEntry entry))
        {
            _chunkCount++;
            bool isIntact = ChunkFrame.IsIntact(chunks.BytesAt(entry.OffsetBytes, entry.FrameBytes), entry.Codec);
            if (isIntact)
            {
                table?.Add(CellsOf(entry, "intact"));
                continue;
            }

            _damagedCount++;
            table?.AddDamaged(CellsOf(entry, "damaged"));
            report.Damaged(chunks.Path, entry.OffsetBytes, $"the checksum of a chunk of {LabelsOf(row)} does not match");
        }
    }

    private static string[] CellsOf(in ChunkEntry entry, string state)
    {
        ChunkStatistics? statistics = entry.Statistics;
        return
        [
            FieldText.Number(entry.Ordinal),
            entry.Codec.ToString(),
            entry.Unit.ToString(),
            entry.Kind.ToString(),
            FieldText.Number(entry.Column.Count),
            FieldText.Time(entry.Column.MinTimeNs),
            FieldText.Time(entry.Column.MaxTimeNs),
            FieldText.Number(entry.OffsetBytes),
            FieldText.Number(entry.FrameBytes),
            Value(statistics?.First),
            Value(statistics?.Last),
            Value(statistics?.Min),
            Value(statistics?.Max),
            Value(statistics?.Sum),
            statistics is { ResetCount: int resets } ? FieldText.Number(resets) : FieldText.None,
            SpecialsOf(entry.Flags),
            state,
        ];
    }

    private static string Value(double? value) => value is { } known ? FieldText.Value(known) : FieldText.None;

    private static string SpecialsOf(ChunkFlags flags) => (flags & (ChunkFlags.HasNaN | ChunkFlags.HasStalenessMarker)) switch
    {
        ChunkFlags.HasNaN => "NaN",
        ChunkFlags.HasStalenessMarker => "stale",
        0 => "",
        _ => "NaN, stale",
    };

    private string LabelsOf(uint row)
    {
        _labels.ResetWrittenCount();
        block.CopyLabels(row, _labels);
        return LabelSet.FromTrusted(_labels.WrittenSpan).ToString();
    }
}
