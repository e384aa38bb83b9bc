using System.Diagnostics.Metrics;

namespace Tsdb.Ingest;

/// <summary>What the wire formats count, each with a <c>protocol</c> tag. Safe for concurrent use.</summary>
public sealed class IngestMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _samplesWritten;
    private readonly Counter<long> _linesRefused;
    private readonly Counter<long> _stringsSkipped;
    private readonly Counter<long> _integersRounded;
    private readonly Counter<long> _seriesLookups;
    private readonly Counter<long> _bytesRead;
    private readonly Counter<long> _samplesRefused;
    private readonly Counter<long> _exemplarsDropped;
    private readonly Counter<long> _histogramsWritten;

    /// <summary>Creates the instruments on <paramref name="meter"/>, which the caller owns.</summary>
    public IngestMetrics(Meter meter)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _meter = meter;
        _samplesWritten = meter.CreateCounter<long>("ingest_samples_written", "{sample}", "Samples handed to the engine.");
        _linesRefused = meter.CreateCounter<long>("ingest_lines_refused", "{line}", "Lines refused, with a reason told to the client.");
        _stringsSkipped = meter.CreateCounter<long>("ingest_string_fields_skipped", "{field}", "String fields skipped, as they are no samples.");
        _integersRounded = meter.CreateCounter<long>(
            "ingest_integers_rounded", "{sample}", "Integers beyond 2^53, which a double may not hold exactly.");
        _seriesLookups = meter.CreateCounter<long>(
            "ingest_series_lookups", "{series}", "Fields whose series had to be looked up by its labels, as the cache did not know it.");
        _bytesRead = meter.CreateCounter<long>("ingest_bytes_read", "By", "Bytes read, after decompression.");
        _samplesRefused = meter.CreateCounter<long>(
            "ingest_samples_refused", "{sample}", "Samples refused, with a reason told to the client.");
        _exemplarsDropped = meter.CreateCounter<long>("ingest_exemplars_dropped", "{exemplar}", "Exemplars dropped, as they are not kept.");
        _histogramsWritten = meter.CreateCounter<long>("ingest_histograms_written", "{histogram}", "Native histograms handed to the engine.");
    }

    /// <summary>Shows the memory of a series cache.</summary>
    internal void ObserveCache(string protocol, Func<long> sizeBytes) => _meter.CreateObservableGauge(
        "ingest_series_cache_bytes",
        () => new Measurement<long>(sizeBytes(), new KeyValuePair<string, object?>("protocol", protocol)),
        "By",
        "Memory of the cache from lines to series.");

    /// <summary>Adds what one request came to.</summary>
    internal void Record(string protocol, in IngestTally tally)
    {
        var tag = new KeyValuePair<string, object?>("protocol", protocol);
        Add(_samplesWritten, tally.SamplesWritten, tag);
        Add(_linesRefused, tally.LinesRefused, tag);
        Add(_stringsSkipped, tally.StringsSkipped, tag);
        Add(_integersRounded, tally.IntegersRounded, tag);
        Add(_seriesLookups, tally.SeriesLookups, tag);
        Add(_bytesRead, tally.BytesRead, tag);
        Add(_samplesRefused, tally.SamplesRefused, tag);
        Add(_exemplarsDropped, tally.ExemplarsDropped, tag);
        Add(_histogramsWritten, tally.HistogramsWritten, tag);
    }

    private static void Add(Counter<long> counter, long count, KeyValuePair<string, object?> tag)
    {
        if (count > 0)
        {
            counter.Add(count, tag);
        }
    }
}
