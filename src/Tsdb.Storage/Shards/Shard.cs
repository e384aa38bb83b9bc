using System.Buffers;
using System.Diagnostics;
using Tsdb.Model.Errors;
using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Writing;
using Tsdb.Storage.Checkpoints;
using Tsdb.Storage.Memtable;
using Tsdb.Storage.Recovery;
using Tsdb.Storage.Series;
using Tsdb.Storage.Wal;

namespace Tsdb.Storage.Shards;

/// <summary>
/// One writer of the engine: the series placed on it, their log and their memtables. A series lives in one shard, so shards never wait for each other.
/// </summary>
/// <remarks>
/// Writers hold <see cref="_gate"/> for one batch or one new series; it is taken after no other lock, and the log's own locks are taken inside it.
/// Readers take one snapshot of <see cref="Memtables"/>, then of <see cref="Series"/>, and never the gate.
/// </remarks>
internal sealed class Shard : IAsyncDisposable
{
    /// <summary>Frozen memtables that may wait: a third would mean that the disk is slower than the writers for good, and memory would grow without bound.</summary>
    public const int MaxFrozenMemtables = 2;

    private static readonly TimeSpan RetryWhileFlushing = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryForgotten = TimeSpan.FromSeconds(1);

    // After so long, series that were not written again leave after a rotation by churn, even if those written since have not returned on average.
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly WalWriter _wal;
    private readonly SequenceCounter _sequence;
    private readonly ShardServices _services;
    private readonly SlotMarks _marks;
    private readonly IdleSeries _idle;
    private readonly Queue<Rotation> _rotations = new(); // those whose idle series are still there, oldest first; guarded by _gate
    private readonly ChurnMeter _churn; // of the active memtable, guarded by _gate
    private readonly WalSeriesBatch _newSeries = new();
    private readonly ArrayBufferWriter<byte> _labels = new(512);

    private volatile SeriesTable _series; // replaced whole, under _gate, by one without the idle series
    private volatile MemtableSet _memtables;
    private SequenceNumber _activeMin; // guarded by _gate; 0 while the active memtable is empty
    private SequenceNumber _activeMax;
    private int _namedSeries; // in SERIES records of the batch under way, guarded by _gate
    private long _activeSince; // TimeProvider timestamp, guarded by _gate
    private uint _activeGeneration = 1; // of the marks, in which the active memtable began; guarded by _gate
    private long _forgettings; // written under _gate
    private long _firstSegment; // of the oldest memtable, guarded by _gate
    private long _generationStart; // log position, guarded by _gate; negative when the active memtable is older than this process
    private long _checkpointDue; // log position, guarded by _gate
    private volatile bool _isCheckpointDue;

    /// <summary>Takes over what recovery found.</summary>
    public Shard(int index, RecoveredShard recovered, WalWriter wal, SequenceCounter sequence, ShardServices services)
    {
        Index = index;
        _wal = wal;
        _sequence = sequence;
        _services = services;
        _series = recovered.Series;
        _marks = recovered.Logged;
        _idle = new IdleSeries(_gate, _marks);
        _churn = new ChurnMeter(recovered.Series.Count);
        _memtables = new MemtableSet(recovered.Memtable, recovered.Frozen);
        _activeMin = recovered.MinSequence;
        _activeMax = recovered.MaxSequence;
        _activeSince = services.Time.GetTimestamp();
        _firstSegment = recovered.FirstSegment;
        _generationStart = -recovered.LogBytes;
        _checkpointDue = services.CheckpointBytes - recovered.TailBytes;
    }

    /// <summary>The shard's number, 0-based.</summary>
    public int Index { get; }

    /// <summary>The series of this shard that are in memory now.</summary>
    public SeriesTable Series => _series;

    /// <summary>Grows with each rotation and when idle series have left memory, see <see cref="IAppender.Forgettings"/>.</summary>
    public long Forgettings => Volatile.Read(ref _forgettings);

    /// <summary>The memtables now. Hold a table with <see cref="ShardMemtable.TryAcquire"/> before reading it.</summary>
    public MemtableSet Memtables => _memtables;

    /// <summary>Finds or creates a series.</summary>
    public SeriesRef Resolve(ReadOnlySpan<byte> canonicalLabels)
    {
        lock (_gate)
        {
            uint slot = _series.GetOrAdd(canonicalLabels);
            _marks.Touch(slot);
            return new SeriesRef(slot);
        }
    }

    /// <summary>Logs and applies the samples, and leaves in the columns the log position to wait for.</summary>
    /// <exception cref="UnavailableException">
    /// Nothing was applied: too much waits to be flushed, the log cannot be written, or a handle was kept too long and names no series any more.
    /// </exception>
    /// <exception cref="ArgumentException">Nothing was applied: a handle is none of this shard's.</exception>
    public void Append(TenantId tenant, ShardColumns columns)
    {
        lock (_gate)
        {
            _wal.ThrowIfUnavailable();
            if (_memtables.Active.IsFull)
            {
                RotateOrRefuse();
            }
            else if (HasMuchLog && _memtables.Frozen.Length < MaxFrozenMemtables && _activeMin.Value > 0)
            {
                Rotate();
            }
            else if (_churn.IsDue && _rotations.Count == 0 && _memtables.Frozen.IsEmpty)
            {
                Rotate();
            }

            SequenceNumber sequence = _sequence.Next();
            _namedSeries = 0;
            LogNewSeries(tenant, sequence, columns.Series);
            if (columns.Histograms is { } histograms)
            {
                LogNewSeries(tenant, sequence, histograms.Series);
            }

            _wal.AppendSamples(sequence, tenant, columns.Series, columns.TimestampsNs, columns.Values);
            _activeMin = _activeMin.Value == 0 ? sequence : _activeMin;
            _activeMax = sequence;
            _memtables.Active.Append(columns.Series, columns.TimestampsNs, columns.Values);
            AppendHistograms(tenant, sequence, columns.Histograms);
            _churn.Observe(_namedSeries, _memtables.Active.SampleCount);
            columns.LogPosition = _wal.Position;
            if (columns.LogPosition >= _checkpointDue)
            {
                _checkpointDue = long.MaxValue;
                _isCheckpointDue = true;
                _services.OnWork();
            }
        }
    }

    /// <summary>The end of the log now, for <see cref="WaitAsync"/>.</summary>
    public long LogPosition => _wal.Position;

    /// <summary>Completes when the log is as durable as asked up to a position.</summary>
    public ValueTask WaitAsync(long position, Durability durability, CancellationToken cancellationToken) =>
        _wal.WaitAsync(position, durability, cancellationToken);

    /// <summary>Freezes the active memtable when it holds samples and is at least as old as <paramref name="minAge"/>.</summary>
    /// <returns>True when nothing remains to be frozen; false when too many memtables wait for their flush already.</returns>
    public bool TryRotate(TimeSpan minAge)
    {
        lock (_gate)
        {
            if (_activeMin.Value == 0 || _services.Time.GetElapsedTime(_activeSince) < minAge)
            {
                return true;
            }

            if (_memtables.Frozen.Length >= MaxFrozenMemtables)
            {
                return false;
            }

            Rotate();
            return true;
        }
    }

    /// <summary>True when so much was logged since the last checkpoint that it is time for the next.</summary>
    public bool IsCheckpointDue => _isCheckpointDue;

    /// <summary>
    /// Marks the moment of a checkpoint. Null when the active memtable is empty or holds histograms, or others wait to be flushed, which will release their log.
    /// </summary>
    /// <returns>What the checkpoint is to hold; the caller releases its memtable.</returns>
    public CheckpointSource? TryBeginCheckpoint()
    {
        lock (_gate)
        {
            if (_activeMin.Value == 0 || !_memtables.Frozen.IsEmpty || _memtables.Active.HasHistograms)
            {
                return null;
            }

            _isCheckpointDue = false;
            _checkpointDue = _wal.Position + _services.CheckpointBytes;
            var logged = new List<uint>();
            _marks.CopyLogged(logged);
            ShardMemtable active = _memtables.Active;
            bool isHeld = active.TryAcquire();
            Debug.Assert(isHeld, "The shard holds its active memtable.");
            return new CheckpointSource(active, _series, logged, _firstSegment, _wal.StartSegment(), _activeMin, _activeMax, _wal.Position);
        }
    }

    /// <summary>Lets go of a memtable whose samples are in a block that readers see, and of the log behind it.</summary>
    public void CompleteFlush(FrozenMemtable flushed)
    {
        lock (_gate)
        {
            _memtables = _memtables.Without(flushed);
            _firstSegment = Math.Max(_firstSegment, flushed.FirstSegmentKept);
        }

        flushed.Table.Release();
        _wal.Release(flushed.FirstSegmentKept);
    }

    /// <summary>
    /// Lets idle series leave memory, as <see cref="IdleSeries"/> says, when their samples are flushed and at least <paramref name="grace"/> has passed
    /// since the last rotation that counts, so that what is under way with handles of theirs arrives before; after a rotation by churn also not before
    /// the series that are written on have been written again. Called by the flush loop only.
    /// </summary>
    /// <returns>How many left.</returns>
    public int ForgetIdleSeries(TimeSpan grace)
    {
        uint? idleBefore = null;
        lock (_gate)
        {
            while (_rotations.TryPeek(out Rotation rotation) && IsOver(rotation, grace))
            {
                idleBefore = _rotations.Dequeue().IdleBefore;
            }
        }

        return idleBefore is { } generation ? _idle.Forget(_series, generation, ChangeOver) : 0;
    }

    /// <summary>True while idle series wait to leave memory after a rotation.</summary>
    public bool HasIdleWaiting
    {
        get
        {
            lock (_gate)
            {
                return _rotations.Count > 0;
            }
        }
    }

    /// <summary>Writes and syncs the rest of the log and frees the memtables. Later appends are refused: the log is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _wal.DisposeAsync().ConfigureAwait(false);
        lock (_gate)
        {
            foreach (ShardMemtable table in _memtables.OldestFirst)
            {
                table.Release();
            }
        }
    }

    private void AppendHistograms(TenantId tenant, SequenceNumber sequence, HistogramColumns? histograms)
    {
        if (histograms is { Count: > 0 })
        {
            _wal.AppendHistograms(sequence, tenant, histograms);
            _memtables.Active.Append(histograms);
        }
    }

    private void LogNewSeries(TenantId tenant, SequenceNumber sequence, ReadOnlySpan<uint> slots)
    {
        try
        {
            LogUnmarked(tenant, sequence, slots);
        }
        catch
        {
            // Some are marked and not logged. Logging a series twice is harmless, a sample of a series never logged is lost: forget every mark.
            _marks.BeginGeneration();
            throw;
        }
    }

    private void LogUnmarked(TenantId tenant, SequenceNumber sequence, ReadOnlySpan<uint> slots)
    {
        _newSeries.Clear();
        foreach (uint slot in slots)
        {
            if (_marks.TryMark(slot))
            {
                CheckHandle(slot);
                _labels.ResetWrittenCount();
                _series.CopyLabels(slot, _labels);
                _newSeries.Add(slot, _labels.WrittenSpan);
            }
        }

        if (_newSeries.Count > 0)
        {
            _namedSeries += _newSeries.Count;
            _wal.AppendSeries(sequence, tenant, _newSeries);
        }
    }

    // Checkpoints do not hold histograms, so a memtable with some is flushed where another would get a checkpoint.
    private bool HasMuchLog => _wal.Position - _generationStart
        >= (_memtables.Active.HasHistograms ? _services.CheckpointBytes : _services.MaxGenerationBytes);

    private void ChangeOver(SeriesTable renewed)
    {
        _series = renewed;
        CountForgettings(1); // handles that are used on are checked now
    }

    private void CountForgettings(int steps) => Volatile.Write(ref _forgettings, _forgettings + steps);

    private void CheckHandle(uint slot)
    {
        if (slot < _series.NextSlot && !_series.Contains(slot))
        {
            CountForgettings(2);
            throw new UnavailableException("A series left memory while a write to it was under way; written again, the samples will be taken.", RetryForgotten);
        }
    }

    private void RotateOrRefuse()
    {
        if (_memtables.Frozen.Length >= MaxFrozenMemtables)
        {
            throw new UnavailableException(
                $"Writes come faster than the disk takes them: {MaxFrozenMemtables} memtables of this shard wait to be flushed.", RetryWhileFlushing);
        }

        Rotate();
    }

    private bool IsOver(Rotation rotation, TimeSpan grace)
    {
        TimeSpan elapsed = _services.Time.GetElapsedTime(rotation.Since);
        bool areOthersBack = !rotation.IsByChurn || _rotations.Count > 1 || _churn.HaveReturned(_memtables.Active.SampleCount);
        return elapsed >= (areOthersBack ? grace : LongestInterval) && !_memtables.Frozen.Contains(rotation.Memtable);
    }

    private void Rotate()
    {
        // The log's next segment begins before the new memtable takes its first sample: the segments before it belong to the frozen one.
        long firstSegmentKept = _wal.StartGeneration();
        _marks.BeginGeneration();
        var frozen = new FrozenMemtable(_memtables.Active, _activeMin, _activeMax, firstSegmentKept);
        _memtables = _memtables.Rotate(frozen, _services.NewMemtable());
        _activeMin = default;
        _activeMax = default;
        _activeSince = _services.Time.GetTimestamp();
        bool isByChurn = _churn.IsDue;
        _churn.Begin();
        _rotations.Enqueue(new Rotation(frozen, isByChurn ? _marks.Generation : _activeGeneration, _activeSince, isByChurn));
        _activeGeneration = _marks.Generation;
        CountForgettings(1);
        _generationStart = _wal.Position;
        _checkpointDue = _generationStart + _services.CheckpointBytes;
        _isCheckpointDue = false;
        _services.OnWork();
    }
}
