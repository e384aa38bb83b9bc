using Microsoft.Extensions.Logging;
using Tsdb.Model.Errors;
using Tsdb.Model.Files;
using Tsdb.Model.Samples;

namespace Tsdb.Storage.Wal;

/// <summary>Reads a shard's log back at start, telling an unfinished write at its end from damage (docs/formats.md#wal).</summary>
/// <remarks>
/// Every segment but the last was synced before the next was begun, so anything unreadable there is damage. In the last segment it is damage when a
/// later record says that the place was durable; otherwise it is the unfinished write of a crash, and the log ends there.
/// </remarks>
internal sealed class WalReplay
{
    private readonly IFileSystem _files;
    private readonly string _directory;
    private readonly uint _shard;
    private readonly ILogger _logger;
    private readonly WalMetrics _metrics;
    private readonly bool _repairs;
    private readonly Action<long>? _onReplayed;
    private readonly WalRecordReplay _records;
    private readonly List<WalQuarantinedRange> _quarantined = [];
    private long _tornBytes;

    private WalReplay(
        IFileSystem files,
        string directory,
        int shard,
        IWalVisitor visitor,
        ILogger logger,
        WalMetrics metrics,
        bool repairs,
        SlotSet knownSlots,
        Action<long>? onReplayed)
    {
        _files = files;
        _directory = directory;
        _shard = (uint)shard;
        _logger = logger;
        _metrics = metrics;
        _repairs = repairs;
        _onReplayed = onReplayed;
        _records = new WalRecordReplay(visitor, knownSlots);
    }

    /// <summary>Reads all segments from <paramref name="firstSegment"/> on.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="directory">The shard's directory of segments; none is an empty log.</param>
    /// <param name="shard">The shard's index.</param>
    /// <param name="firstSegment">The first segment that is still needed; at least 1. Older ones are left alone.</param>
    /// <param name="visitor">Takes what is read.</param>
    /// <param name="logger">Told of torn tails and damage.</param>
    /// <param name="metrics">Counts both.</param>
    /// <param name="repairs">Whether to cut a torn tail off, as must be done before the log is written again; false only looks.</param>
    /// <param name="knownSlots">Slots whose series the visitor knows already; null for none.</param>
    /// <param name="onReplayed">Told of bytes once they are replayed; null for nobody.</param>
    /// <param name="cancellationToken">Ends the replay between records.</param>
    /// <exception cref="DataFolderException">A newer version wrote the log.</exception>
    /// <exception cref="IOException">The disk could not be read.</exception>
    public static WalReplayResult Run(
        IFileSystem files,
        string directory,
        int shard,
        long firstSegment,
        IWalVisitor visitor,
        ILogger logger,
        WalMetrics metrics,
        bool repairs = true,
        SlotSet? knownSlots = null,
        Action<long>? onReplayed = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(firstSegment, 1);
        return new WalReplay(files, directory, shard, visitor, logger, metrics, repairs, knownSlots ?? new SlotSet(), onReplayed).ReplayAll(firstSegment, cancellationToken);
    }

    private WalReplayResult ReplayAll(long firstSegment, CancellationToken cancellationToken)
    {
        List<long> numbers = WalSegmentName.List(_files, _directory);
        long last = firstSegment - 1;
        long lastLengthBytes = numbers.Contains(last) ? LengthOf(last) : 0; // whole: a checkpoint stands for it
        numbers.RemoveAll(number => number < firstSegment);
        for (int i = 0; i < numbers.Count; i++)
        {
            ReportMissing(last + 1, numbers[i]);
            bool isLast = i == numbers.Count - 1;
            long endBytes = isLast ? ReplayLast(numbers[i], cancellationToken) : ReplayEarlier(numbers[i], numbers[i + 1], cancellationToken);
            if (endBytes > 0)
            {
                lastLengthBytes = endBytes;
                last = numbers[i];
            }
            else
            {
                last = numbers[i] - 1;
            }
        }

        _metrics.Replayed(_records.SampleCount);
        if (_records.RecordCount > 0)
        {
            _logger.Replayed(_directory, firstSegment, last, _records.RecordCount, _records.SeriesCount, _records.SampleCount);
        }

        return new WalReplayResult
        {
            LastSegment = last,
            LastSegmentLengthBytes = lastLengthBytes,
            HighestSequence = new SequenceNumber(_records.HighestSequence),
            Records = _records.RecordCount,
            Series = _records.SeriesCount,
            Samples = _records.SampleCount,
            TornBytes = _tornBytes,
            Quarantined = _quarantined,
        };
    }

    /// <summary>Replays a segment that others follow; returns where its records end.</summary>
    private long ReplayEarlier(long number, long nextNumber, CancellationToken cancellationToken)
    {
        using var reader = new WalSegmentReader(_files, _directory, number);
        long endBytes = TryReadHeader(reader) ? ReplayRecords(reader, isLast: false, cancellationToken) : reader.LengthBytes;
        long lengthBytes = LengthKeptByNext(number, nextNumber);
        if (endBytes < lengthBytes)
        {
            Quarantine(reader.Path, endBytes, lengthBytes, reader.LengthBytes < lengthBytes ? "the file was cut short" : "zeros are there");
        }

        return endBytes;
    }

    /// <summary>Replays the last segment and cuts its torn tail; returns its length then, or 0 when nothing was left and it is gone.</summary>
    private long ReplayLast(long number, CancellationToken cancellationToken)
    {
        string path;
        long endBytes = 0;
        long tornBytes;
        long roomBytes;
        using (var reader = new WalSegmentReader(_files, _directory, number))
        {
            path = reader.Path;
            if (WasCreated(reader))
            {
                endBytes = TryReadHeader(reader) ? ReplayRecords(reader, isLast: true, cancellationToken) : reader.LengthBytes;
            }

            tornBytes = Math.Max(0, reader.WrittenBytes - endBytes);
            roomBytes = reader.LengthBytes - endBytes - tornBytes;
        }

        if (tornBytes > 0)
        {
            _tornBytes = tornBytes;
            _metrics.Torn(tornBytes);
            _logger.TornTail(path, endBytes, tornBytes);
        }
        else if (roomBytes > 0)
        {
            _logger.RoomCut(path, endBytes, roomBytes);
        }

        bool isEmpty = endBytes <= WalFormat.SegmentHeaderBytes;
        if (_repairs)
        {
            MakeWhole(path, endBytes, isEmpty);
        }

        return isEmpty ? 0 : endBytes;
    }

    // A segment without its header is damaged if a record says that it once was durable; otherwise a crash stopped its creation.
    private static bool WasCreated(WalSegmentReader reader) =>
        WalSegmentHeader.TryRead(reader.Read(0, WalFormat.SegmentHeaderBytes), out _, out _)
        || reader.IsDurable(0, WalFormat.SegmentHeaderBytes);

    /// <summary>Reads a segment's header. False when the file is another log's, and is quarantined whole.</summary>
    private bool TryReadHeader(WalSegmentReader reader)
    {
        if (!WalSegmentHeader.TryRead(reader.Read(0, WalFormat.SegmentHeaderBytes), out WalSegmentHeader header, out uint version))
        {
            // The records need only the number, which is also in the name.
            Quarantine(reader.Path, 0, Math.Min(WalFormat.SegmentHeaderBytes, reader.LengthBytes), "the segment's header is not what was written");
            return true;
        }

        if (version > WalFormat.Version)
        {
            throw new DataFolderException(
                reader.Path, $"{reader.Path} is of version {version} and this program reads up to {WalFormat.Version}: open the folder with the newer program.");
        }

        if (header.Number != reader.Number || header.Shard != _shard)
        {
            string reason = $"the file is segment {header.Number} of shard {header.Shard}";
            Quarantine(reader.Path, 0, reader.LengthBytes, reason);
            return false;
        }

        _records.Saw(header.BaseSequence);
        return true;
    }

    /// <summary>Replays a segment's records; returns where they end: before a torn tail, room made in advance, or the end of the file.</summary>
    private long ReplayRecords(WalSegmentReader reader, bool isLast, CancellationToken cancellationToken)
    {
        long offsetBytes = WalFormat.SegmentHeaderBytes;
        _onReplayed?.Invoke(offsetBytes);
        while (offsetBytes < reader.WrittenBytes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long nextBytes;
            string? damage;
            if (reader.TryReadRecord(offsetBytes, out WalRecordHeader header, out ReadOnlySpan<byte> record))
            {
                nextBytes = offsetBytes + header.TotalBytes;
                damage = _records.Apply(header, record, reader.Path, offsetBytes);
            }
            else
            {
                nextBytes = reader.FindNext(offsetBytes);
                if (isLast && !reader.IsDurable(offsetBytes, nextBytes))
                {
                    break;
                }

                damage = reader.DescribeDamage(offsetBytes);
            }

            if (damage is not null)
            {
                Quarantine(reader.Path, offsetBytes, nextBytes, damage);
            }

            _onReplayed?.Invoke(nextBytes - offsetBytes);
            offsetBytes = nextBytes;
        }

        _onReplayed?.Invoke(Math.Max(0, reader.LengthBytes - offsetBytes));
        return offsetBytes;
    }

    // A file cut at the edge of a record looks whole; the next segment knows how long it was.
    private long LengthKeptByNext(long number, long nextNumber)
    {
        if (nextNumber != number + 1)
        {
            return 0;
        }

        using var next = new WalSegmentReader(_files, _directory, nextNumber);
        return WalSegmentHeader.TryRead(next.Read(0, WalFormat.SegmentHeaderBytes), out WalSegmentHeader header, out _) && header.Number == nextNumber
            ? header.PreviousLengthBytes
            : 0;
    }

    private long LengthOf(long number)
    {
        using IReadableFile segment = _files.OpenForReading(WalSegmentName.PathOf(_directory, number));
        return segment.LengthBytes;
    }

    private void ReportMissing(long firstMissing, long found)
    {
        if (firstMissing < found)
        {
            string reason = found - firstMissing == 1 ? "the file is missing" : $"it and the {found - firstMissing - 1} segments after it are missing";
            Quarantine(WalSegmentName.PathOf(_directory, firstMissing), 0, 0, reason);
        }
    }

    private void Quarantine(string path, long offsetBytes, long endBytes, string reason)
    {
        _quarantined.Add(new WalQuarantinedRange(path, offsetBytes, endBytes, reason));
        _metrics.Quarantined(endBytes - offsetBytes);
        _logger.Quarantined(path, offsetBytes, endBytes, reason);
    }

    // Before the next segment is begun, so that this one, then no longer the last, is whole and durable: its last records may so far be only in the
    // operating system's memory.
    private void MakeWhole(string path, long endBytes, bool isEmpty)
    {
        if (isEmpty)
        {
            _files.DeleteFile(path);
            _files.SyncDirectory(_directory);
            return;
        }

        using IWritableFile file = _files.OpenForWriting(path);
        if (file.LengthBytes > endBytes)
        {
            file.SetLength(endBytes);
        }

        file.Sync();
    }
}
