using Tsdb.Model.Histograms;
using Tsdb.Model.Labels;
using Tsdb.Model.Samples;

namespace Tsdb.Embedded;

/// <summary>One series and its samples, as <see cref="TimeSeriesDatabase.SelectAsync"/> returns it.</summary>
/// <param name="Labels">The series' labels, the metric name among them.</param>
/// <param name="Samples">Its float samples in the range asked for, by ascending time. The caller's own: nothing else refers to them.</param>
public sealed record Series(LabelSet Labels, IReadOnlyList<Sample> Samples)
{
    /// <summary>Its native histograms in the range asked for, by ascending time; nearly always none. The caller's own.</summary>
    public IReadOnlyList<HistogramSample> Histograms { get; init; } = [];
}
