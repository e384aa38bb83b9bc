namespace Tsdb.Model.Histograms;

/// <summary>Consecutive buckets of a histogram.</summary>
/// <param name="Offset">Index of the first span's first bucket; for later spans, how many buckets are left out after the span before.</param>
/// <param name="Length">How many buckets; 0 is allowed.</param>
public readonly record struct HistogramSpan(int Offset, uint Length);
