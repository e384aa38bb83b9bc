using Microsoft.Extensions.Logging;
using Tsdb.Model.Files;
using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Writing;

namespace Tsdb.Storage.Wal;

/// <summary>
/// The write-ahead log of one shard. Appending encodes into memory; a flusher thread writes and syncs; whoever needs durability waits for a position.
/// </summary>
/// <remarks>
/// <para>Appends, <see cref="StartGeneration"/>, <see cref="StartSegment"/> and <see cref="ThrowIfUnavailable"/> are called under the shard's lock; everything else from any thread.</para>
/// <para>A full disk pauses the log: what is pending is kept and tried again at every tick, those who wait get an
/// <see cref="Model.Errors.UnavailableException"/>, and appends are refused until it succeeds. Any other failure is final.</para>
/// </remarks>
internal sealed class WalWriter : IAsyncDisposable
{
    private readonly WalQueue _queue;
    private readonly WalFlusher _flusher;
    private readonly ITimer _timer;

    private WalWriter(WalFiles files, WalReplayResult replayed, WalOptions options, TimeProvider timeProvider)
    {
        var plan = new SegmentPlan(replayed.LastSegment + 1, replayed.HighestSequence.Value, options.SegmentBytes);
        _queue = new WalQueue(files.Directory, plan, options.MaxPendingBytes);
        _flusher = new WalFlusher(files, _queue, replayed.LastSegmentLengthBytes);
        _timer = timeProvider.CreateTimer(static queue => ((WalQueue)queue!).Tick(), _queue, options.SyncInterval, options.SyncInterval);
    }

    /// <summary>The position after the last append; 0 before the first. Positions only grow and mean nothing to another writer.</summary>
    public long Position => _queue.Position;

    /// <summary>Opens the log behind what was replayed; the first record begins a new segment, and a new generation.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="directory">The shard's directory of segments; created when there is none.</param>
    /// <param name="shard">The shard's index.</param>
    /// <param name="replayed">What <see cref="WalReplay.Run"/>, which always goes first, found there.</param>
    /// <param name="options">How to write.</param>
    /// <param name="timeProvider">Drives the interval syncs and measures.</param>
    /// <param name="logger">Told of a disk that is full or fails.</param>
    /// <param name="metrics">Counts; the caller disposes it.</param>
    public static WalWriter Open(
        IFileSystem files,
        string directory,
        int shard,
        WalReplayResult replayed,
        WalOptions options,
        TimeProvider timeProvider,
        ILogger logger,
        WalMetrics metrics)
    {
        options.Validate();
        if (!files.DirectoryExists(directory))
        {
            CreateDurably(files, directory);
        }

        return new WalWriter(new WalFiles(files, directory, (uint)shard, options.RoomBytes, timeProvider, logger, metrics), replayed, options, timeProvider);
    }

    /// <summary>Logs what series slots stand for. To be called before a generation's first samples of each.</summary>
    /// <param name="sequence">The batch's place in the order of writes.</param>
    /// <param name="tenant">Whose series they are.</param>
    /// <param name="series">The series; may be cleared afterwards.</param>
    public void AppendSeries(SequenceNumber sequence, TenantId tenant, WalSeriesBatch series)
    {
        for (int first = 0; first < series.Count;)
        {
            int count = WalSeriesPayload.Plan(series, first, out int maxBytes);
            _queue.Append(WalRecordType.Series, tenant.Value, sequence.Value, maxBytes, new SeriesPayload(series, first, count));
            first += count;
        }
    }

    /// <summary>Logs samples, given as columns of equal length.</summary>
    /// <param name="sequence">The batch's place in the order of writes.</param>
    /// <param name="tenant">Whose samples they are.</param>
    /// <param name="slots">The slot of each sample's series.</param>
    /// <param name="timestampsNs">Each sample's timestamp in nanoseconds; any.</param>
    /// <param name="values">Each sample's value; kept bit for bit.</param>
    public void AppendSamples(
        SequenceNumber sequence, TenantId tenant, ReadOnlySpan<uint> slots, ReadOnlySpan<long> timestampsNs, ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(timestampsNs.Length, slots.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, slots.Length);
        for (int first = 0; first < slots.Length; first += WalFormat.MaxSamplesPerRecord)
        {
            int count = Math.Min(slots.Length - first, WalFormat.MaxSamplesPerRecord);
            var payload = new SamplesPayload(slots.Slice(first, count), timestampsNs.Slice(first, count), values.Slice(first, count));
            _queue.Append(WalRecordType.Samples, tenant.Value, sequence.Value, WalSamplesPayload.MaxBytes(count), payload);
        }
    }

    /// <summary>Logs histogram samples.</summary>
    /// <param name="sequence">The batch's place in the order of writes.</param>
    /// <param name="tenant">Whose samples they are.</param>
    /// <param name="histograms">The samples; may be cleared afterwards.</param>
    public void AppendHistograms(SequenceNumber sequence, TenantId tenant, HistogramColumns histograms)
    {
        for (int first = 0; first < histograms.Count;)
        {
            int count = WalHistogramsPayload.Plan(histograms, first, out int maxBytes);
            _queue.Append(WalRecordType.Histograms, tenant.Value, sequence.Value, maxBytes, new HistogramsPayload(histograms, first, count));
            first += count;
        }
    }

    /// <summary>Completes when everything up to a position is as durable as asked.</summary>
    /// <exception cref="Model.Errors.UnavailableException">It could not be made so: the writes must count as not done.</exception>
    public ValueTask WaitAsync(long position, Durability durability, CancellationToken cancellationToken) =>
        _queue.WaitAsync(position, durability, cancellationToken);

    /// <summary>
    /// To be called before a batch is logged and applied: throws when the log takes no writes now, and waits while too much is pending. Once it has
    /// returned, the appends of the batch succeed.
    /// </summary>
    /// <exception cref="Model.Errors.UnavailableException">The disk is full, has failed, or the log is closed.</exception>
    public void ThrowIfUnavailable() => _queue.ThrowIfUnavailable();

    /// <summary>Begins a generation: later records go to a new segment, whose number is returned, and must repeat the series they use.</summary>
    public long StartGeneration() => _queue.StartGeneration();

    /// <summary>Lets later records, still of the same generation, go to a segment of their own, whose number is returned: a checkpoint stands for those before it.</summary>
    public long StartSegment() => _queue.StartSegment();

    /// <summary>Lets go of the segments before <paramref name="firstSegmentKept"/>: their samples are in blocks. They are deleted soon after.</summary>
    public void Release(long firstSegmentKept) => _queue.Release(firstSegmentKept);

    /// <summary>Writes and syncs everything and ends the flusher. Never throws: what could not be written was never acknowledged, and is logged.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        _queue.Close();
        await _flusher.StopAsync().ConfigureAwait(false);
    }

    // The data folder's own name is the user's; the two names below it are ours to make durable.
    private static void CreateDurably(IFileSystem files, string directory)
    {
        files.CreateDirectory(directory);
        string wal = Path.GetDirectoryName(directory)!;
        files.SyncDirectory(wal);
        if (Path.GetDirectoryName(wal) is { Length: > 0 } folder)
        {
            files.SyncDirectory(folder);
        }
    }
}
