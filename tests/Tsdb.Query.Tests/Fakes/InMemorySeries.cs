using Tsdb.Model.Labels;

namespace Tsdb.Query.Tests.Fakes;

/// <summary>One series of an <see cref="InMemorySeriesSource"/>.</summary>
internal sealed class InMemorySeries(LabelSet labels)
{
    private readonly SortedList<long, double?> _samples = [];

    public LabelSet Labels => labels;

    /// <summary>Samples in time order; a null value is a native histogram.</summary>
    public IReadOnlyList<KeyValuePair<long, double?>> Samples => [.. _samples];

    /// <summary>An id that series with equal timestamps may share; 0 for none.</summary>
    public ulong TimestampColumnId { get; set; }

    /// <summary>Adds or replaces a sample.</summary>
    public void Append(long timestampNs, double? value) => _samples[timestampNs] = value;
}
