namespace Tsdb.Storage.Wal;

/// <summary>
/// The one thread that writes and syncs a log. While one sync runs, records and those who wait for them gather in the queue, and the next sync
/// serves them all (group commit).
/// </summary>
internal sealed class WalFlusher
{
    private readonly WalFiles _files;
    private readonly WalQueue _queue;
    private readonly WalRecordSealer _sealer = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private WalSegment? _segment;
    private long _previousLengthBytes;
    private long _firstSegmentReleased;
    private bool _isDiskFull;

    /// <summary>Starts the thread; it ends when the queue is closed, or with the first failure that is final.</summary>
    public WalFlusher(WalFiles files, WalQueue queue, long previousLengthBytes)
    {
        _files = files;
        _queue = queue;
        _previousLengthBytes = previousLengthBytes;

        // A thread of its own: it spends its life in blocking calls, which would hold up a pool.
        _thread = new Thread(Run) { IsBackground = true, Name = $"WAL flusher {files.Shard}" };
        _thread.Start();
    }

    /// <summary>Completes when the thread has ended; the queue must have been closed.</summary>
    public async Task StopAsync()
    {
        await _stopped.Task.ConfigureAwait(false);
        _thread.Join();
    }

    private void Run()
    {
        try
        {
            while (RunOnce())
            {
                // Everything happens in the condition: take a group, write it, sync it.
            }
        }
        catch (Exception error) // whatever it is: writers must hear of it, and nothing more may be written
        {
            _queue.Fail(WalOutage.Poisoned(_files.Directory, error));
            _files.Logger.Poisoned(_files.Directory, error);
        }
        finally
        {
            _segment?.Dispose();
            _stopped.SetResult();
        }
    }

    private bool RunOnce()
    {
        WalWork work = _queue.TakeWork(_firstSegmentReleased);
        if (!TryWrite(work.Records))
        {
            Sync();
            return false;
        }

        if (_queue.CompleteWrite(work))
        {
            Sync();
            _queue.CompleteSync();
        }

        if (work.FirstSegmentKept > _firstSegmentReleased)
        {
            ReleaseBefore(work.FirstSegmentKept);
        }

        if (work.IsClosing)
        {
            WriteMark();
        }

        return !work.IsClosing;
    }

    private void ReleaseBefore(long firstSegmentKept)
    {
        if (_segment is { } segment && segment.Number < firstSegmentKept)
        {
            // Its generation is over and in blocks; the next record begins another segment.
            _previousLengthBytes = segment.LengthBytes;
            segment.Dispose();
            _segment = null;
        }

        _files.DeleteBefore(firstSegmentKept);
        _firstSegmentReleased = firstSegmentKept;
    }

    /// <summary>Writes records, to as many segments as they belong to. False when the disk was full to the end.</summary>
    private bool TryWrite(PendingRecords records)
    {
        int from = 0;
        foreach (PendingRecords.SegmentStart start in records.SegmentStarts)
        {
            if (!TryWriteRange(records.Bytes[from..start.OffsetBytes]) || !TryBeginSegment(start))
            {
                return false;
            }

            from = start.OffsetBytes;
        }

        return TryWriteRange(records.Bytes[from..]);
    }

    private bool TryWriteRange(ReadOnlySpan<byte> pending)
    {
        while (!pending.IsEmpty)
        {
            WalSegment segment = _segment!;
            int taken = _sealer.Seal(pending, segment.Number, segment.SyncedBytes);
            while (true)
            {
                try
                {
                    segment.Append(_sealer.Output);
                    break;
                }
                catch (IOException error) when (_files.IsDiskFull(error))
                {
                    if (!WaitForSpace(error))
                    {
                        return false;
                    }
                }
            }

            EndOutage();
            _files.Metrics.Written(_sealer.Output.Length);
            pending = pending[taken..];
        }

        return true;
    }

    private bool TryBeginSegment(PendingRecords.SegmentStart start)
    {
        if (_segment is not null)
        {
            // A segment that is not the last is durable as a whole: replay counts on it to tell damage from a torn tail.
            _segment.CutToContent();
            Sync();
            _previousLengthBytes = _segment.LengthBytes;
            _segment.Dispose();
            _segment = null;
        }

        var header = new WalSegmentHeader(_files.Shard, start.Number, start.BaseSequence, start.Generation, _previousLengthBytes);
        while (true)
        {
            try
            {
                _segment = _files.CreateSegment(header);
                break;
            }
            catch (IOException error) when (_files.IsDiskFull(error))
            {
                if (!WaitForSpace(error))
                {
                    return false;
                }
            }
        }

        EndOutage();
        return true;
    }

    private bool WaitForSpace(IOException error)
    {
        if (!_isDiskFull)
        {
            _isDiskFull = true;
            _files.Logger.DiskFull(_files.Directory, error);
            _files.Metrics.DiskBecameFull();
            _queue.Fail(WalOutage.DiskFull(_files.Directory, error));
        }

        if (_queue.WaitForTick())
        {
            // What a flush has released meanwhile may be the very space that is missing; the segment being written stays.
            _files.DeleteBefore(Math.Min(_queue.FirstSegmentKept, _segment?.Number ?? long.MaxValue));
            return true;
        }

        _files.Logger.ClosedWhileFull(_files.Directory);
        return false;
    }

    private void EndOutage()
    {
        if (_isDiskFull)
        {
            _isDiskFull = false;
            _files.Logger.SpaceAgain(_files.Directory);
            _queue.Recover();
        }
    }

    private void Sync()
    {
        if (_segment is { } segment)
        {
            _files.Sync(segment);
        }
    }

    // At a clean stop a last record vouches for all before it: a bit that flips there later is then known as damage, not taken for a torn tail.
    private void WriteMark()
    {
        if (_segment is not { } segment)
        {
            return;
        }

        var mark = new PendingRecords();
        mark.BeginRecord(1)[0] = 0;
        mark.EndRecord(new WalRecordHeader { Type = WalRecordType.Mark, Sequence = 0, LengthBytes = 1, RawLengthBytes = 1 });
        if (TryWriteRange(mark.Bytes))
        {
            segment.CutToContent();
            Sync();
        }
    }
}
