using Tsdb.Model.Errors;
using Tsdb.Model.Reading;

namespace Tsdb.Storage;

/// <summary>
/// What can be seen of a data folder while its engine is being opened: how much of its log is replayed, and the samples in its blocks. Made by whoever
/// opens the engine, one for each opening. Safe for concurrent use.
/// </summary>
public sealed class RecoveryView
{
    private static readonly TimeSpan RetryWhileOpening = TimeSpan.FromSeconds(1);

    private long _totalBytes;
    private long _replayedBytes;
    private volatile ISeriesSource? _sealed; // null before the blocks are open and after the opening has ended

    /// <summary>Creates the view of an opening that has not begun.</summary>
    public RecoveryView() => Series = new SealedSeries(this);

    /// <summary>Bytes of log to replay; 0 until that is known.</summary>
    public long TotalBytes => Volatile.Read(ref _totalBytes);

    /// <summary>Bytes of log replayed.</summary>
    public long ReplayedBytes => Math.Min(Volatile.Read(ref _replayedBytes), TotalBytes);

    /// <summary>
    /// The samples in blocks, for what ends before the oldest sample in the log: that is answered in full. For anything else, and before the blocks are open,
    /// it throws <see cref="UnavailableException"/>.
    /// </summary>
    public ISeriesSource Series { get; }

    /// <summary>How far the opening is, in words.</summary>
    public override string ToString() => TotalBytes == 0
        ? "the database is being opened"
        : string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"the log is being replayed, {Mebibytes(ReplayedBytes):F1} of {Mebibytes(TotalBytes):F1} MiB ({100 * ReplayedBytes / TotalBytes} %) so far");

    /// <summary>Adds to what is to be replayed.</summary>
    internal void Expect(long bytes) => Interlocked.Add(ref _totalBytes, bytes);

    /// <summary>Adds to what is replayed.</summary>
    internal void Advance(long bytes) => Interlocked.Add(ref _replayedBytes, bytes);

    /// <summary>Shows the samples in blocks.</summary>
    internal void Show(ISeriesSource sealedSeries) => _sealed = sealedSeries;

    /// <summary>Hides them again: the engine shows them from now on, or the opening has failed.</summary>
    internal void Hide() => _sealed = null;

    /// <summary>Makes the exception for what has to wait.</summary>
    internal UnavailableException NotYet(string what) => new($"{what}: {this}.", RetryWhileOpening);

    private static double Mebibytes(long bytes) => bytes / (double)(1 << 20);

    private sealed class SealedSeries(RecoveryView view) : ISeriesSource
    {
        private ISeriesSource Source => view._sealed ?? throw view.NotYet("No samples can be read yet");

        public ISeriesCursor Select(SeriesSelection selection, CancellationToken cancellationToken) => Source.Select(selection, cancellationToken);

        public IReadOnlyList<string> LabelNames(SeriesSelection selection, CancellationToken cancellationToken) =>
            Source.LabelNames(selection, cancellationToken);

        public IReadOnlyList<string> LabelValues(string labelName, SeriesSelection selection, CancellationToken cancellationToken) =>
            Source.LabelValues(labelName, selection, cancellationToken);
    }
}
