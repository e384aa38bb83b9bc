using Tsdb.Model.Labels;
using Tsdb.Model.Samples;

namespace Tsdb.Embedded;

/// <summary>One series and its samples, as <see cref="TimeSeriesDatabase.SelectAsync"/> returns it.</summary>
/// <param name="Labels">The series' labels, the metric name among them.</param>
/// <param name="Samples">Its samples in the range asked for, by ascending time. The caller's own: nothing else refers to them.</param>
public sealed record Series(LabelSet Labels, IReadOnlyList<Sample> Samples);
