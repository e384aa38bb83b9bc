using Microsoft.Extensions.Logging.Abstractions;
using Tsdb.Model.Files;
using Tsdb.Storage.Wal;

namespace Tsdb.Tool.Inspecting;

/// <summary>Shows logs: each segment's header and records, then what a start would make of the log (docs/formats.md#wal).</summary>
/// <param name="files">The disk; only read.</param>
/// <param name="report">Where to write.</param>
/// <param name="showsSamples">Whether to show the content of the records too.</param>
internal sealed class WalInspector(IFileSystem files, InspectionReport report, bool showsSamples)
{
    private readonly WalSegmentView _view = new(report);

    /// <summary>Shows a log, or one segment of it.</summary>
    public void Inspect(WalLocation log)
    {
        foreach (long number in log.Segments)
        {
            if (log.Only is null || log.Only == number)
            {
                using var reader = new WalSegmentReader(files, log.Directory, number);
                _view.ShowHeader(reader);
                _view.ShowRecords(reader);
                if (showsSamples)
                {
                    _view.ShowContents(reader);
                }
            }
        }

        report.TryCheck(() => Judge(log));
    }

    // The replay knows what is damage and what an unfinished write; told not to repair, it changes nothing. It begins at the oldest segment
    // there is, as the MANIFEST, which knows the oldest one needed, may not be at hand.
    private void Judge(WalLocation log)
    {
        using var metrics = new WalMetrics();
        int shard = log.Shard ?? ShardInHeader(log);
        WalReplayResult result = WalReplay.Run(
            files, log.Directory, shard, Math.Max(1, log.Segments[0]), new NoVisitor(), NullLogger.Instance, metrics, repairs: false);
        foreach (WalQuarantinedRange range in result.Quarantined)
        {
            if (Shows(log, range.Path))
            {
                report.Damaged(range.Path, range.OffsetBytes, $"{range.Reason} (up to byte {range.EndBytes})");
            }
        }

        string last = WalSegmentName.PathOf(log.Directory, log.Segments[^1]);
        if (result.TornBytes > 0 && Shows(log, last))
        {
            long endBytes = result.LastSegment == log.Segments[^1] ? result.LastSegmentLengthBytes : 0;
            report.Note(
                $"{last} ends in an unfinished write at byte {endBytes}: {result.TornBytes} bytes, as a crash leaves them, "
                + "none known to have been acknowledged as durable. The next start cuts them off.");
        }
    }

    private int ShardInHeader(WalLocation log)
    {
        using var reader = new WalSegmentReader(files, log.Directory, log.Only ?? log.Segments[0]);
        return WalSegmentHeader.TryRead(reader.Read(0, WalFormat.SegmentHeaderBytes), out WalSegmentHeader header, out _) ? (int)header.Shard : 0;
    }

    private static bool Shows(WalLocation log, string path) => log.Only is not { } only || path == WalSegmentName.PathOf(log.Directory, only);
}
