namespace Tsdb.Model.Histograms;

/// <summary>A histogram of whole counts. Immutable.</summary>
public sealed class IntegerHistogram : NativeHistogram
{
    /// <summary>Number of observations, those in the zero bucket and NaN among them.</summary>
    public required ulong Count { get; init; }

    /// <summary>Observations in the zero bucket.</summary>
    public ulong ZeroCount { get; init; }

    /// <summary>Observations of each positive bucket of the spans, as such: not differences, not accumulated.</summary>
    public ReadOnlyMemory<ulong> PositiveCounts { get; init; }

    /// <summary>Observations of each negative bucket of the spans.</summary>
    public ReadOnlyMemory<ulong> NegativeCounts { get; init; }

    /// <inheritdoc/>
    public override double TotalCount => Count;

    /// <inheritdoc/>
    public override FloatHistogram ToFloat() => new()
    {
        Schema = Schema,
        ResetHint = ResetHint,
        ZeroThreshold = ZeroThreshold,
        Sum = Sum,
        PositiveSpans = PositiveSpans,
        NegativeSpans = NegativeSpans,
        CustomBounds = CustomBounds,
        Count = Count,
        ZeroCount = ZeroCount,
        PositiveCounts = ToDoubles(PositiveCounts.Span),
        NegativeCounts = ToDoubles(NegativeCounts.Span),
    };

    private protected override bool HasSameCounts(NativeHistogram other)
    {
        var integers = (IntegerHistogram)other;
        return Count == integers.Count
            && ZeroCount == integers.ZeroCount
            && PositiveCounts.Span.SequenceEqual(integers.PositiveCounts.Span)
            && NegativeCounts.Span.SequenceEqual(integers.NegativeCounts.Span);
    }

    private static double[] ToDoubles(ReadOnlySpan<ulong> counts)
    {
        double[] doubles = counts.IsEmpty ? [] : new double[counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            doubles[i] = counts[i];
        }

        return doubles;
    }
}
