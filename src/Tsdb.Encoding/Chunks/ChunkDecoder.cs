using Tsdb.Encoding.Gorilla;
using Tsdb.Encoding.Raw;
using Tsdb.Model.Time;

namespace Tsdb.Encoding.Chunks;

/// <summary>Decodes a chunk of any codec this version knows.</summary>
public static class ChunkDecoder
{
    /// <summary>
    /// Decodes the first <paramref name="count"/> samples of a chunk into columns at least that long. Safe on any bytes; thread-safe.
    /// </summary>
    /// <param name="codec">The chunk's codec byte, perhaps one of a newer version.</param>
    /// <param name="payload">The chunk's bytes.</param>
    /// <param name="unit">The unit of the encoded timestamps; raw chunks hold nanoseconds whatever it says.</param>
    /// <param name="count">How many samples, at least 1.</param>
    /// <param name="timestampsNs">Takes the timestamps.</param>
    /// <param name="values">Takes the values.</param>
    /// <returns>False when the codec is unknown or the bytes do not hold that many samples; the columns' content is then undefined.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is shorter than <paramref name="count"/>.</exception>
    public static bool TryDecode(
        ChunkCodec codec, ReadOnlySpan<byte> payload, TimeUnit unit, int count, Span<long> timestampsNs, Span<double> values) => codec switch
        {
            ChunkCodec.Raw => RawChunk.TryDecode(payload, count, timestampsNs, values),
            ChunkCodec.Gorilla => GorillaDecoder.TryDecode(payload, unit, count, timestampsNs, values),
            _ => false,
        };
}
