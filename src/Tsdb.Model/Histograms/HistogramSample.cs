namespace Tsdb.Model.Histograms;

/// <summary>One histogram sample of a series.</summary>
/// <param name="TimestampNs">Nanoseconds since the Unix epoch; any 64-bit value, negative before 1970.</param>
/// <param name="Histogram">The histogram.</param>
public readonly record struct HistogramSample(long TimestampNs, NativeHistogram Histogram);
