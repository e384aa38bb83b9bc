using Tsdb.Model.Histograms;

namespace Tsdb.Model.Reading;

/// <summary>Reads the histogram samples of one series in time order, one by one: <c>while (reader.MoveNext()) reader.Read()</c>.</summary>
/// <remarks>
/// Samples come with strictly ascending timestamps, each timestamp once (the last write wins), all within the selection's range. Used by one thread.
/// </remarks>
public interface IHistogramReader
{
    /// <summary>Goes to the next sample; false when there are no more.</summary>
    /// <exception cref="Errors.CorruptionException">The stored bytes are damaged.</exception>
    bool MoveNext();

    /// <summary>The current sample's time in nanoseconds.</summary>
    long TimestampNs { get; }

    /// <summary>The current histogram in the form of <see cref="HistogramCodec"/>, valid until the next <see cref="MoveNext"/>.</summary>
    ReadOnlySpan<byte> Encoded { get; }

    /// <summary>Decodes the current histogram.</summary>
    /// <exception cref="Errors.CorruptionException">The stored bytes are no histogram.</exception>
    NativeHistogram Read();
}
