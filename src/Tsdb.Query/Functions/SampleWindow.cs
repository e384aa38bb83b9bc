namespace Tsdb.Query.Functions;

/// <summary>The samples a range function sees at one step: at least one, staleness markers left out.</summary>
internal readonly ref struct SampleWindow
{
    /// <summary>The samples' timestamps, strictly ascending.</summary>
    public required ReadOnlySpan<long> TimestampsNs { get; init; }

    /// <summary>The samples' values.</summary>
    public required ReadOnlySpan<double> Values { get; init; }

    /// <summary>The samples' start timestamps, 0 where unknown; empty when no sample of the series has one.</summary>
    public ReadOnlySpan<long> StartTimestampsNs { get; init; }

    /// <summary>The step's own time in milliseconds, which <c>offset</c> and <c>@</c> do not move.</summary>
    public required long StepMs { get; init; }

    /// <summary>The function's first scalar argument at this step; 0 without one.</summary>
    public required double Parameter { get; init; }

    /// <summary>The function's second scalar argument at this step; 0 without one.</summary>
    public required double SecondParameter { get; init; }

    /// <summary>Says whether, of a counter, sample <paramref name="index"/> comes after a restart that the one before it does not know of.</summary>
    public bool IsReset(int index) => Values[index] < Values[index - 1] || (!StartTimestampsNs.IsEmpty && StartTimestamps.IsReset(
        StartTimestampsNs[index - 1], TimestampsNs[index - 1], StartTimestampsNs[index], TimestampsNs[index]));
}
