using Tsdb.Model.Histograms;

namespace Tsdb.Model.Reading;

/// <summary>Reads no histograms. Thread-safe.</summary>
internal sealed class NoHistograms : IHistogramReader
{
    /// <summary>The only one needed.</summary>
    public static readonly NoHistograms Instance = new();

    /// <inheritdoc/>
    public long TimestampNs => throw new InvalidOperationException("There is no histogram.");

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Encoded => [];

    /// <inheritdoc/>
    public bool MoveNext() => false;

    /// <inheritdoc/>
    public NativeHistogram Read() => throw new InvalidOperationException("There is no histogram.");
}
