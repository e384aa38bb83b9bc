using Tsdb.Model.Histograms;
using Tsdb.Model.Labels;
using Tsdb.Storage.Wal;

namespace Tsdb.Tool.Inspecting;

/// <summary>Shows one segment of a log as tables. Not thread-safe.</summary>
/// <param name="report">Where to write.</param>
internal sealed class WalSegmentView(InspectionReport report)
{
    private readonly WalRecordContent _content = new();

    /// <summary>Shows the fields of the segment's header.</summary>
    public void ShowHeader(WalSegmentReader reader)
    {
        report.Heading($"{reader.Path}, {FieldText.Count(reader.LengthBytes, "byte", "bytes")}");
        if (!WalSegmentHeader.TryRead(reader.Read(0, WalFormat.SegmentHeaderBytes), out WalSegmentHeader header, out uint version))
        {
            report.Note("Its header is not intact.");
            return;
        }

        using PagedTable table = report.BeginTable("version", "shard", "segment", "base sequence", "generation", "previous length");
        table.Add(
            FieldText.Number(version),
            FieldText.Number(header.Shard),
            FieldText.Number(header.Number),
            FieldText.Number(header.BaseSequence),
            FieldText.Number(header.Generation),
            FieldText.Number(header.PreviousLengthBytes));
    }

    /// <summary>Shows the header of each record, and each place where none is intact.</summary>
    public void ShowRecords(WalSegmentReader reader)
    {
        using PagedTable table = report.BeginTable(
            "offset", "type", "flags", "tenant", "sequence", "synced up to", "length", "raw length", "content");
        long offsetBytes = WalFormat.SegmentHeaderBytes;
        while (offsetBytes < reader.WrittenBytes)
        {
            if (reader.TryReadRecord(offsetBytes, out WalRecordHeader header, out ReadOnlySpan<byte> record))
            {
                AddRecord(table, offsetBytes, header, record);
                offsetBytes += header.TotalBytes;
            }
            else
            {
                string reason = reader.DescribeDamage(offsetBytes);
                long nextBytes = reader.FindNext(offsetBytes);
                table.AddDamaged(FieldText.Number(offsetBytes), "none intact", "", "", "", "", FieldText.Number(nextBytes - offsetBytes), "", reason);
                offsetBytes = nextBytes;
            }
        }

        if (offsetBytes < reader.LengthBytes)
        {
            table.Add(FieldText.Number(offsetBytes), "room", "", "", "", "", FieldText.Number(reader.LengthBytes - offsetBytes), "", "zeros, made in advance");
        }
    }

    /// <summary>Shows the series and samples of each intact record.</summary>
    public void ShowContents(WalSegmentReader reader)
    {
        long offsetBytes = WalFormat.SegmentHeaderBytes;
        while (offsetBytes < reader.WrittenBytes)
        {
            if (!reader.TryReadRecord(offsetBytes, out WalRecordHeader header, out ReadOnlySpan<byte> record))
            {
                offsetBytes = reader.FindNext(offsetBytes);
                continue;
            }

            if (header.Type != WalRecordType.Mark && _content.TryRead(header, record))
            {
                report.Heading($"Record at byte {offsetBytes}, {_content.Summary}");
                ShowSeries();
                ShowSamples();
                ShowHistograms();
            }

            offsetBytes += header.TotalBytes;
        }
    }

    private void AddRecord(PagedTable table, long offsetBytes, in WalRecordHeader header, ReadOnlySpan<byte> record)
    {
        bool isReadable = _content.TryRead(header, record);
        string[] cells =
        [
            FieldText.Number(offsetBytes),
            Enum.IsDefined(header.Type) ? header.Type.ToString().ToUpperInvariant() : $"unknown {(byte)header.Type}",
            header.Flags.ToString().ToUpperInvariant(),
            FieldText.Number(header.Tenant),
            FieldText.Number(header.Sequence),
            FieldText.Number(header.SyncedUpToBytes),
            FieldText.Number(header.LengthBytes),
            FieldText.Number(header.RawLengthBytes),
            isReadable ? _content.Summary : "cannot be decoded",
        ];
        if (isReadable)
        {
            table.Add(cells);
        }
        else
        {
            table.AddDamaged(cells);
        }
    }

    private void ShowSeries()
    {
        using PagedTable table = report.BeginTable("slot", "series");
        for (int i = 0; i < _content.Series.Count; i++)
        {
            table.Add(FieldText.Number(_content.Series.SlotAt(i)), LabelSet.FromTrusted(_content.Series.LabelsAt(i)).ToString());
        }
    }

    private void ShowHistograms()
    {
        using PagedTable table = report.BeginTable("slot", "timestamp", "count", "sum", "bytes");
        for (int i = 0; i < _content.Histograms.Count; i++)
        {
            bool isReadable = HistogramCodec.TryRead(_content.Histograms.EncodedAt(i), out NativeHistogram? histogram);
            string[] cells =
            [
                FieldText.Number(_content.Histograms.Series[i]),
                FieldText.Time(_content.Histograms.TimestampsNs[i]),
                isReadable ? FieldText.Value(histogram!.TotalCount) : "no histogram",
                isReadable ? FieldText.Value(histogram!.Sum) : FieldText.None,
                FieldText.Number(_content.Histograms.EncodedAt(i).Length),
            ];
            if (isReadable)
            {
                table.Add(cells);
            }
            else
            {
                table.AddDamaged(cells);
            }
        }
    }

    private void ShowSamples()
    {
        using PagedTable table = report.BeginTable("slot", "timestamp", "value");
        for (int i = 0; i < _content.Samples.Count; i++)
        {
            table.Add(
                FieldText.Number(_content.Samples.Slots[i]),
                FieldText.Time(_content.Samples.TimestampsNs[i]),
                FieldText.Value(_content.Samples.Values[i]));
        }
    }
}
