namespace Tsdb.Model.Histograms;

/// <summary>A histogram of fractional counts. Immutable; counts are kept bit for bit.</summary>
public sealed class FloatHistogram : NativeHistogram
{
    /// <summary>Number of observations, those in the zero bucket and NaN among them.</summary>
    public required double Count { get; init; }

    /// <summary>Observations in the zero bucket.</summary>
    public double ZeroCount { get; init; }

    /// <summary>Observations of each positive bucket of the spans, as such: not differences, not accumulated.</summary>
    public ReadOnlyMemory<double> PositiveCounts { get; init; }

    /// <summary>Observations of each negative bucket of the spans.</summary>
    public ReadOnlyMemory<double> NegativeCounts { get; init; }

    /// <inheritdoc/>
    public override double TotalCount => Count;

    /// <inheritdoc/>
    public override FloatHistogram ToFloat() => this;

    private protected override bool HasSameCounts(NativeHistogram other)
    {
        var floats = (FloatHistogram)other;
        return AreSameBits(Count, floats.Count)
            && AreSameBits(ZeroCount, floats.ZeroCount)
            && AreSameBits(PositiveCounts.Span, floats.PositiveCounts.Span)
            && AreSameBits(NegativeCounts.Span, floats.NegativeCounts.Span);
    }
}
