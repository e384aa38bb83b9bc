using Tsdb.Model.Histograms;
using Tsdb.Model.Labels;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;

namespace Tsdb.Embedded;

/// <summary>Samples of any series to be written together: one log record and one sync for all. Reusable after <see cref="Clear"/>; not thread-safe.</summary>
public sealed class SampleBatch
{
    private readonly List<Entry> _entries = [];

    /// <summary>Samples added since the last <see cref="Clear"/>.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds a sample.</summary>
    /// <param name="labels">The series. Samples that share one instance and follow each other cost one lookup.</param>
    /// <param name="timestampNs">Nanoseconds since the Unix epoch.</param>
    /// <param name="value">Any double; its bits are kept.</param>
    public void Add(LabelSet labels, long timestampNs, double value)
    {
        ArgumentNullException.ThrowIfNull(labels);
        _entries.Add(new Entry(labels, new Sample(timestampNs, value)));
    }

    /// <summary>Adds a sample.</summary>
    /// <param name="labels">The series.</param>
    /// <param name="timestamp">The sample's time, between 1677 and 2262.</param>
    /// <param name="value">Any double; its bits are kept.</param>
    /// <exception cref="OverflowException">The time lies outside the range of 64 bits of nanoseconds.</exception>
    public void Add(LabelSet labels, DateTimeOffset timestamp, double value) => Add(labels, Timestamps.FromDateTimeOffset(timestamp), value);

    /// <summary>Adds a native histogram.</summary>
    /// <param name="labels">The series.</param>
    /// <param name="timestampNs">Nanoseconds since the Unix epoch.</param>
    /// <param name="histogram">The histogram, kept bit for bit.</param>
    /// <exception cref="ArgumentException">Its counts do not fit its spans, or it has more than about 100,000 buckets.</exception>
    public void Add(LabelSet labels, long timestampNs, NativeHistogram histogram)
    {
        ArgumentNullException.ThrowIfNull(labels);
        HistogramCodec.MaxLengthOf(histogram); // refused here rather than when the whole batch is written
        _entries.Add(new Entry(labels, new Sample(timestampNs, 0), histogram));
    }

    /// <summary>Adds a native histogram; see the other overload.</summary>
    /// <exception cref="OverflowException">The time lies outside the range of 64 bits of nanoseconds.</exception>
    public void Add(LabelSet labels, DateTimeOffset timestamp, NativeHistogram histogram) =>
        Add(labels, Timestamps.FromDateTimeOffset(timestamp), histogram);

    /// <summary>Forgets every sample; writing a batch does not.</summary>
    public void Clear() => _entries.Clear();

    internal IReadOnlyList<Entry> Entries => _entries;

    // With a histogram, the sample is only its time.
    internal readonly record struct Entry(LabelSet Labels, Sample Sample, NativeHistogram? Histogram = null);
}
