using Tsdb.Model.Errors;
using Tsdb.Model.Reading;
using Tsdb.Storage.Recovery;
using Tsdb.Storage.Retention;

namespace Tsdb.Storage.Reading;

/// <summary>The <see cref="ISeriesSource"/> while logs are replayed: what blocks hold, for selections that end before the oldest sample in the logs.</summary>
/// <param name="blocks">The published blocks.</param>
/// <param name="retention">What is too old.</param>
/// <param name="horizon">Where the logs begin.</param>
/// <param name="view">Says how far the replay is.</param>
internal sealed class SealedSeriesSource(BlockSet blocks, RetentionPolicy retention, LogHorizon horizon, RecoveryView view) : ISeriesSource
{
    private readonly EngineSeriesSource _sealed = new([], blocks, retention);

    /// <inheritdoc/>
    /// <exception cref="UnavailableException">The log may hold samples in the range.</exception>
    public ISeriesCursor Select(SeriesSelection selection, CancellationToken cancellationToken) => _sealed.Select(Complete(selection), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="UnavailableException">The log may hold samples in the range.</exception>
    public IReadOnlyList<string> LabelNames(SeriesSelection selection, CancellationToken cancellationToken) =>
        _sealed.LabelNames(Complete(selection), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="UnavailableException">The log may hold samples in the range.</exception>
    public IReadOnlyList<string> LabelValues(string labelName, SeriesSelection selection, CancellationToken cancellationToken) =>
        _sealed.LabelValues(labelName, Complete(selection), cancellationToken);

    private SeriesSelection Complete(SeriesSelection selection) => selection.Range.MaxTimeNs < horizon.OldestTimeNs
        ? selection
        : throw view.NotYet("Samples of that time may still be in the log");
}
