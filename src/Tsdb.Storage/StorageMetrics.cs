using System.Diagnostics.Metrics;

namespace Tsdb.Storage;

/// <summary>The engine's metrics, under the meter <see cref="MeterName"/>. One instance a database; disposed with it.</summary>
internal sealed class StorageMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Tsdb.Storage";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _flushes;
    private readonly Counter<long> _flushFailures;
    private readonly Counter<long> _flushedSamples;
    private readonly Histogram<double> _flushSeconds;

    /// <summary>Creates the instruments; gauges are read from <paramref name="statistics"/> when somebody collects.</summary>
    public StorageMetrics(Func<StorageStatistics> statistics)
    {
        _flushes = _meter.CreateCounter<long>("storage_flushes", description: "Memtables flushed to blocks.");
        _flushFailures = _meter.CreateCounter<long>("storage_flush_failures", description: "Flushes that failed and were tried again.");
        _flushedSamples = _meter.CreateCounter<long>("storage_flushed_samples", description: "Samples flushed to blocks.");
        _flushSeconds = _meter.CreateHistogram<double>("storage_flush_duration", "s", "Time of a flush.");
        Gauge("storage_head_series", "Series in memory.", static s => s.HeadSeries);
        Gauge("storage_head_samples", "Samples in memory that are in no block yet.", static s => s.HeadSamples);
        Gauge("storage_head_bytes", "Bytes of sample memory.", static s => s.HeadBytes);
        Gauge("storage_blocks", "Blocks on disk.", static s => s.Blocks);
        Gauge("storage_block_samples", "Samples in blocks.", static s => s.BlockSamples);
        Gauge("storage_block_bytes", "Bytes of the blocks' files.", static s => s.BlockBytes);

        void Gauge(string name, string description, Func<StorageStatistics, long> value) =>
            _meter.CreateObservableGauge(name, () => value(statistics()), description: description);
    }

    /// <summary>Counts a flush.</summary>
    public void Flushed(long samples, TimeSpan took)
    {
        _flushes.Add(1);
        _flushedSamples.Add(samples);
        _flushSeconds.Record(took.TotalSeconds);
    }

    /// <summary>Counts a failed flush.</summary>
    public void FlushFailed() => _flushFailures.Add(1);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
