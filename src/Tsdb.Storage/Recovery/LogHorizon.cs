using Tsdb.Model.Files;
using Tsdb.Storage.Blocks;
using Tsdb.Storage.Wal;

namespace Tsdb.Storage.Recovery;

/// <summary>Finds the oldest timestamp in the logs of a data folder: queries wholly before it need not wait for the replay. Safe for concurrent use.</summary>
/// <remarks>
/// Reads the logs once, when first asked, and of their samples only the timestamps. Checkpoints hold nothing that the logs do not. Where a record cannot be
/// told, the horizon is the beginning of time: nothing is answered that might be incomplete.
/// </remarks>
/// <param name="folder">The data folder.</param>
/// <param name="files">The disk.</param>
/// <param name="state">Where each log begins.</param>
internal sealed class LogHorizon(DataFolder folder, IFileSystem files, ManifestState state)
{
    private readonly Lock _gate = new();
    private long? _oldestTimeNs; // guarded by _gate

    /// <summary>No sample in the logs is older; the end of time when there is none.</summary>
    public long OldestTimeNs
    {
        get
        {
            lock (_gate)
            {
                return _oldestTimeNs ??= Find();
            }
        }
    }

    private long Find()
    {
        long oldestNs = long.MaxValue;
        var columns = new WalSampleColumns();
        var payloads = new WalPayloadReader();
        for (int shard = 0; shard < state.ShardCount; shard++)
        {
            string directory = folder.WalOf(shard);
            foreach (long number in WalSegmentName.List(files, directory).Where(number => number >= state.FirstSegmentOf(shard)))
            {
                using var segment = new WalSegmentReader(files, directory, number);
                oldestNs = Math.Min(oldestNs, OldestOf(segment, columns, payloads));
            }
        }

        return oldestNs;
    }

    private static long OldestOf(WalSegmentReader segment, WalSampleColumns columns, WalPayloadReader payloads)
    {
        long oldestNs = long.MaxValue;
        for (long offsetBytes = WalFormat.SegmentHeaderBytes; offsetBytes < segment.WrittenBytes;)
        {
            if (!segment.TryReadRecord(offsetBytes, out WalRecordHeader header, out ReadOnlySpan<byte> record))
            {
                offsetBytes = segment.FindNext(offsetBytes);
                continue;
            }

            offsetBytes += header.TotalBytes;
            oldestNs = Math.Min(oldestNs, OldestOf(header, record, columns, payloads));
        }

        return oldestNs;
    }

    private static long OldestOf(in WalRecordHeader header, ReadOnlySpan<byte> record, WalSampleColumns columns, WalPayloadReader payloads)
    {
        switch (header.Type)
        {
            case WalRecordType.Series or WalRecordType.Mark:
                return long.MaxValue;
            case WalRecordType.Samples when payloads.TryRead(header, record, out ReadOnlySpan<byte> payload)
                && WalSamplesPayload.TryReadTimestamps(payload, columns):
                long oldestNs = long.MaxValue;
                foreach (long timestampNs in columns.TimestampsNs)
                {
                    oldestNs = Math.Min(oldestNs, timestampNs);
                }

                return oldestNs;
            default:
                return long.MinValue;
        }
    }
}
