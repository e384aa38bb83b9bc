using Tsdb.Model.Labels;

namespace Tsdb.Testing.Reading;

/// <summary>One series of an <see cref="InMemorySeriesSource"/>.</summary>
public sealed class InMemorySeries(LabelSet labels)
{
    private readonly SortedList<long, InMemorySample> _samples = [];

    public LabelSet Labels => labels;

    /// <summary>Samples in time order.</summary>
    public IReadOnlyList<InMemorySample> Samples => [.. _samples.Values];

    /// <summary>An id that series with equal timestamps may share; 0 for none.</summary>
    public ulong TimestampColumnId { get; set; }

    /// <summary>Adds or replaces a sample.</summary>
    /// <param name="timestampNs">When.</param>
    /// <param name="value">The float; null for a native histogram.</param>
    /// <param name="startTimestampNs">When the counter began to count; 0 for unknown.</param>
    public void Append(long timestampNs, double? value, long startTimestampNs = 0) =>
        _samples[timestampNs] = new InMemorySample(timestampNs, value, startTimestampNs);
}
