using System.Diagnostics.Metrics;

namespace Tsdb.Storage.Wal;

/// <summary>What the logs of one engine count. Safe for concurrent use.</summary>
internal sealed class WalMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Tsdb.Storage.Wal";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _writtenBytes;
    private readonly Histogram<double> _syncSeconds;
    private readonly Counter<long> _diskFullCount;
    private readonly Counter<long> _replayedSamples;
    private readonly Counter<long> _tornBytes;
    private readonly Counter<long> _quarantinedRanges;
    private readonly Counter<long> _quarantinedBytes;
    private readonly Counter<long> _checkpoints;
    private readonly Counter<long> _checkpointBytes;
    private readonly Counter<long> _checkpointFailures;
    private readonly Counter<long> _damagedCheckpoints;

    /// <summary>Creates the instruments.</summary>
    public WalMetrics()
    {
        _writtenBytes = _meter.CreateCounter<long>("wal_written_bytes", "By", "Bytes written to WAL segments.");
        _syncSeconds = _meter.CreateHistogram<double>("wal_sync_seconds", "s", "How long each sync of a WAL segment took.");
        _diskFullCount = _meter.CreateCounter<long>("wal_disk_full_count", null, "Times a WAL stopped because the disk was full.");
        _replayedSamples = _meter.CreateCounter<long>("wal_replayed_samples", null, "Samples read back from WALs at start.");
        _tornBytes = _meter.CreateCounter<long>("wal_torn_bytes", "By", "Bytes of unfinished writes cut off the ends of WALs at start.");
        _quarantinedRanges = _meter.CreateCounter<long>("wal_quarantined_ranges", null, "Damaged ranges of WALs left out at start: data was lost.");
        _quarantinedBytes = _meter.CreateCounter<long>("wal_quarantined_bytes", "By", "Bytes of the damaged ranges of WALs left out at start.");
        _checkpoints = _meter.CreateCounter<long>("wal_checkpoints", null, "Checkpoints written.");
        _checkpointBytes = _meter.CreateCounter<long>("wal_checkpoint_bytes", "By", "Bytes of the checkpoints written.");
        _checkpointFailures = _meter.CreateCounter<long>("wal_checkpoint_failures", null, "Checkpoints that could not be written: the next start takes longer.");
        _damagedCheckpoints = _meter.CreateCounter<long>("wal_damaged_checkpoints", null, "Damaged checkpoints found at start; the log was replayed instead.");
    }

    /// <summary>Counts bytes written.</summary>
    public void Written(long bytes) => _writtenBytes.Add(bytes);

    /// <summary>Counts a sync.</summary>
    public void Synced(TimeSpan duration) => _syncSeconds.Record(duration.TotalSeconds);

    /// <summary>Counts a disk that became full.</summary>
    public void DiskBecameFull() => _diskFullCount.Add(1);

    /// <summary>Counts samples read back.</summary>
    public void Replayed(long samples) => _replayedSamples.Add(samples);

    /// <summary>Counts a torn tail.</summary>
    public void Torn(long bytes) => _tornBytes.Add(bytes);

    /// <summary>Counts a quarantined range.</summary>
    public void Quarantined(long bytes)
    {
        _quarantinedRanges.Add(1);
        _quarantinedBytes.Add(bytes);
    }

    /// <summary>Counts a checkpoint.</summary>
    public void Checkpointed(long bytes)
    {
        _checkpoints.Add(1);
        _checkpointBytes.Add(bytes);
    }

    /// <summary>Counts a checkpoint that could not be written.</summary>
    public void CheckpointFailed() => _checkpointFailures.Add(1);

    /// <summary>Counts a damaged checkpoint.</summary>
    public void CheckpointDamaged() => _damagedCheckpoints.Add(1);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
