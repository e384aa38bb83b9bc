using System.Runtime.InteropServices;
using Tsdb.Model.Samples;

namespace Tsdb.Model.Histograms;

/// <summary>
/// One native histogram sample (Prometheus, <c>docs/specs/native_histograms</c>): an <see cref="IntegerHistogram"/> as instrumented programs send it, or
/// a <see cref="FloatHistogram"/> as rules and divisions make it. Immutable.
/// </summary>
/// <remarks>
/// Bucket <em>i</em> of a schema <em>s</em> from -4 to 8 counts observations in (2^((<em>i</em> - 1) / 2^<em>s</em>), 2^(<em>i</em> / 2^<em>s</em>)],
/// mirrored for negative ones. The memory handed to the init properties is kept, not copied: do not change it afterwards.
/// </remarks>
public abstract class NativeHistogram : IEquatable<NativeHistogram>
{
    /// <summary>The schema whose buckets are bounded by <see cref="CustomBounds"/> instead of powers.</summary>
    public const int CustomBucketsSchema = -53;

    private protected NativeHistogram()
    {
    }

    /// <summary>The resolution: -4 to 8, or <see cref="CustomBucketsSchema"/>. Others are kept as they are.</summary>
    public required int Schema { get; init; }

    /// <summary>What is known of counter resets.</summary>
    public CounterResetHint ResetHint { get; init; }

    /// <summary>Width of the zero bucket: it counts observations of at most this magnitude.</summary>
    public double ZeroThreshold { get; init; }

    /// <summary>Sum of the observations; kept bit for bit. The staleness marker here ends the series.</summary>
    public double Sum { get; init; }

    /// <summary>Which positive buckets there are.</summary>
    public ReadOnlyMemory<HistogramSpan> PositiveSpans { get; init; }

    /// <summary>Which negative buckets there are.</summary>
    public ReadOnlyMemory<HistogramSpan> NegativeSpans { get; init; }

    /// <summary>The upper bounds of the buckets of <see cref="CustomBucketsSchema"/>, ascending, without +Inf; empty for other schemas.</summary>
    public ReadOnlyMemory<double> CustomBounds { get; init; }

    /// <summary>True when this is no observation but the end of the series.</summary>
    public bool IsStalenessMarker => StalenessMarker.Is(Sum);

    /// <summary>Number of observations as a double; exact up to 2^53.</summary>
    public abstract double TotalCount { get; }

    /// <summary>The same histogram with counts as doubles, to calculate with; itself when they are already.</summary>
    public abstract FloatHistogram ToFloat();

    /// <summary>Says whether both are of one kind and equal in every bit.</summary>
    public bool Equals(NativeHistogram? other) =>
        other is not null
        && GetType() == other.GetType()
        && Schema == other.Schema
        && ResetHint == other.ResetHint
        && AreSameBits(ZeroThreshold, other.ZeroThreshold)
        && AreSameBits(Sum, other.Sum)
        && PositiveSpans.Span.SequenceEqual(other.PositiveSpans.Span)
        && NegativeSpans.Span.SequenceEqual(other.NegativeSpans.Span)
        && AreSameBits(CustomBounds.Span, other.CustomBounds.Span)
        && HasSameCounts(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NativeHistogram);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Schema, BitConverter.DoubleToInt64Bits(Sum), TotalCount);

    private protected abstract bool HasSameCounts(NativeHistogram other);

    private protected static bool AreSameBits(double left, double right) =>
        BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right);

    private protected static bool AreSameBits(ReadOnlySpan<double> left, ReadOnlySpan<double> right) =>
        MemoryMarshal.AsBytes(left).SequenceEqual(MemoryMarshal.AsBytes(right));
}
