using System.Diagnostics;
using Tsdb.Model.Writing;

namespace Tsdb.Storage.Wal;

/// <summary>
/// Where appenders, those who wait, and the flusher of one log meet: the pending records, how far they are written and synced, and who waits for
/// what. Safe for concurrent use.
/// </summary>
/// <remarks>
/// One gate guards everything and is held only to encode into memory or to swap buffers, never over I/O. Lock order: a shard's lock, then this
/// gate, then nothing. Positions count bytes appended since the log was opened, so 0 is "nothing".
/// </remarks>
internal sealed class WalQueue(string directory, SegmentPlan plan, int maxPendingBytes)
{
    private const int WriteAheadBytes = 1 << 20; // as much goes out although nobody waits for it: what a group has to write then is little

    private readonly object _gate = new(); // a monitor: flusher and held-up appenders wait on it
    private readonly WalWaiters _writeWaiters = new();
    private readonly WalWaiters _syncWaiters = new();
    private readonly List<TaskCompletionSource> _reached = []; // the flusher's own: filled under the gate, completed outside it
    private PendingRecords _pending = new();
    private PendingRecords _spare = new();
    private long _position;
    private long _writeWanted;        // somebody waits for this position to be written
    private long _intervalSyncWanted; // this position is to be synced at the next tick
    private long _written;
    private long _synced;
    private long _firstSegmentKept;
    private bool _isTickDue;
    private bool _isClosing;
    private volatile WalOutage? _outage;
    private volatile bool _isOverfull;

    /// <summary>The position after the last append.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Encodes a record with <paramref name="encode"/>'s payload, which takes at most <paramref name="maxPayloadBytes"/>.</summary>
    public void Append<TPayload>(WalRecordType type, uint tenant, ulong sequence, int maxPayloadBytes, scoped in TPayload encode)
        where TPayload : struct, IWalPayload, allows ref struct
    {
        lock (_gate)
        {
            int length = encode.Write(_pending.BeginRecord(maxPayloadBytes));
            Debug.Assert(length is > 0 and <= WalFormat.MaxPayloadBytes, "The caller splits batches.");
            var header = new WalRecordHeader
            {
                LengthBytes = length,
                Type = type,
                Tenant = tenant,
                Sequence = sequence,
                RawLengthBytes = length,
            };
            plan.Place(_pending, header.TotalBytes, sequence);
            _pending.EndRecord(header);
            Volatile.Write(ref _position, _position + header.TotalBytes);
            if (_pending.LengthBytes >= maxPendingBytes)
            {
                _isOverfull = true;
            }

            if (_pending.LengthBytes >= WriteAheadBytes)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Waits while too much is pending; throws when writes are not taken now.</summary>
    /// <exception cref="Model.Errors.UnavailableException">The disk is full, failed, or the log is closed.</exception>
    public void ThrowIfUnavailable()
    {
        if (_isOverfull)
        {
            lock (_gate)
            {
                while (_isOverfull && _outage is null)
                {
                    Monitor.Wait(_gate);
                }
            }
        }

        if (_outage is { } outage)
        {
            throw outage.ToException();
        }
    }

    /// <summary>Completes when the log is as durable as asked up to a position.</summary>
    public ValueTask WaitAsync(long position, Durability durability, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            bool isAlways = durability == Durability.Always;
            if (durability == Durability.Interval)
            {
                _intervalSyncWanted = Math.Max(_intervalSyncWanted, position);
            }

            if (position <= (isAlways ? _synced : _written))
            {
                return default;
            }

            if (_outage is { } outage)
            {
                return ValueTask.FromException(outage.ToException());
            }

            _writeWanted = Math.Max(_writeWanted, position);
            Task done = (isAlways ? _syncWaiters : _writeWaiters).Add(position);
            Monitor.PulseAll(_gate);
            return new ValueTask(cancellationToken.CanBeCanceled ? done.WaitAsync(cancellationToken) : done);
        }
    }

    /// <summary>Begins a generation and returns the number of its first segment.</summary>
    public long StartGeneration()
    {
        lock (_gate)
        {
            return plan.StartGeneration();
        }
    }

    /// <summary>Lets later records go to a segment of their own and returns its number.</summary>
    public long StartSegment()
    {
        lock (_gate)
        {
            return plan.StartSegment();
        }
    }

    /// <summary>Lets the flusher delete the segments before <paramref name="firstSegmentKept"/>.</summary>
    public void Release(long firstSegmentKept)
    {
        lock (_gate)
        {
            _firstSegmentKept = Math.Max(_firstSegmentKept, firstSegmentKept);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The first segment that is still needed; 0 when nothing was released yet.</summary>
    public long FirstSegmentKept
    {
        get
        {
            lock (_gate)
            {
                return _firstSegmentKept;
            }
        }
    }

    /// <summary>Tells the flusher that a sync interval has passed.</summary>
    public void Tick()
    {
        lock (_gate)
        {
            _isTickDue = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Asks the flusher to write and sync everything and to stop; later appends are refused.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosing = true;
            _outage ??= WalOutage.Closed(directory);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>For the flusher: waits until there is something to do and takes it. The records are the flusher's until <see cref="CompleteWrite"/>.</summary>
    public WalWork TakeWork(long firstSegmentReleased)
    {
        lock (_gate)
        {
            while (!HasWork(firstSegmentReleased))
            {
                _isTickDue = false;
                Monitor.Wait(_gate);
            }

            PendingRecords records = _pending;
            _pending = _spare;
            _spare = records;
            var work = new WalWork(records, _position, _isTickDue, _firstSegmentKept, _isClosing);
            _isTickDue = false;
            _isOverfull = false;
            Monitor.PulseAll(_gate);
            return work;
        }
    }

    /// <summary>For the flusher: what was taken is written. Says whether it has to be synced now.</summary>
    public bool CompleteWrite(in WalWork work)
    {
        bool needsSync;
        lock (_gate)
        {
            work.Records.Clear();
            _written = work.Position;
            _writeWaiters.TakeUpTo(_written, _reached);
            needsSync = _syncWaiters.HasAnyUpTo(_written) || (work.IsTick && _intervalSyncWanted > _synced) || work.IsClosing;
        }

        Complete();
        return needsSync;
    }

    /// <summary>For the flusher: everything written is synced.</summary>
    public void CompleteSync()
    {
        lock (_gate)
        {
            _synced = _written;
            _syncWaiters.TakeUpTo(_synced, _reached);
        }

        Complete();
    }

    /// <summary>For the flusher: refuses writes from now on, and fails all who wait.</summary>
    public void Fail(WalOutage outage)
    {
        lock (_gate)
        {
            _outage = outage;
            _writeWaiters.TakeUpTo(long.MaxValue, _reached);
            _syncWaiters.TakeUpTo(long.MaxValue, _reached);
            Monitor.PulseAll(_gate);
        }

        foreach (TaskCompletionSource waiter in _reached)
        {
            waiter.SetException(outage.ToException());
        }

        _reached.Clear();
    }

    /// <summary>For the flusher: takes writes again.</summary>
    public void Recover()
    {
        lock (_gate)
        {
            _outage = _isClosing ? WalOutage.Closed(directory) : null;
        }
    }

    /// <summary>For the flusher during an outage: waits for the next tick. False when the log is being closed instead.</summary>
    public bool WaitForTick()
    {
        lock (_gate)
        {
            _isTickDue = false;
            while (!_isTickDue && !_isClosing)
            {
                Monitor.Wait(_gate);
            }

            return !_isClosing;
        }
    }

    private void Complete()
    {
        foreach (TaskCompletionSource waiter in _reached)
        {
            waiter.SetResult();
        }

        _reached.Clear();
    }

    // Appending little does not wake the flusher: records nobody waits for go out with the next group, or at the next tick.
    private bool HasWork(long firstSegmentReleased) =>
        _writeWanted > _written
        || _isOverfull
        || _pending.LengthBytes >= WriteAheadBytes
        || (_isTickDue && (_pending.LengthBytes > 0 || _intervalSyncWanted > _synced))
        || _syncWaiters.HasAnyUpTo(_written)
        || _firstSegmentKept > firstSegmentReleased
        || _isClosing;
}
