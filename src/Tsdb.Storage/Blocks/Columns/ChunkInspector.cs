using Tsdb.Encoding;
using Tsdb.Encoding.Chunks;
using Tsdb.Encoding.Opaque;
using Tsdb.Model.Samples;
using Tsdb.Storage.Chunks;

namespace Tsdb.Storage.Blocks.Columns;

/// <summary>
/// Decodes chunks that go into a block and works out what its index says of them. Decoding also proves that the chunk can be read. Not
/// thread-safe.
/// </summary>
internal sealed class ChunkInspector
{
    private long[] _timestampsNs = new long[1024];
    private double[] _values = new double[1024];
    private readonly OpaqueSamples _opaque = new();

    /// <summary>Describes a chunk whose frame will begin at an offset.</summary>
    /// <exception cref="ArgumentException">The chunk does not hold as many samples, in ascending order, as it says.</exception>
    public ChunkEntry Describe(in ChunkSlice chunk, long offsetBytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chunk.Count, TimestampColumn.MaxCount);
        if (chunk.Kind == SampleKind.Histogram)
        {
            return DescribeHistograms(chunk, offsetBytes);
        }

        if (chunk.Count > _values.Length)
        {
            _timestampsNs = new long[chunk.Count];
            _values = new double[chunk.Count];
        }

        bool isDecoded = ChunkDecoder.TryDecode(chunk.Codec, chunk.Bytes, chunk.Unit, chunk.Count, _timestampsNs, _values);
        if (!isDecoded || !IsAscending(_timestampsNs.AsSpan(0, chunk.Count)))
        {
            throw new ArgumentException(
                $"The chunk does not decode to {chunk.Count} float samples in time order (codec {chunk.Codec}, {chunk.LengthBytes} bytes).",
                nameof(chunk));
        }

        ReadOnlySpan<double> values = _values.AsSpan(0, chunk.Count);
        ChunkFlags flags = (ChunkFlags)chunk.Unit | FlagsOf(values);
        bool hasStatistics = (flags & (ChunkFlags.HasNaN | ChunkFlags.HasStalenessMarker)) == 0;
        return new ChunkEntry
        {
            Flags = hasStatistics ? flags | ChunkFlags.HasStatistics : flags,
            Codec = chunk.Codec,
            Column = TimestampColumn.Of(_timestampsNs.AsSpan(0, chunk.Count)),
            OffsetBytes = offsetBytes,
            LengthBytes = chunk.LengthBytes,
            Statistics = hasStatistics ? ChunkStatistics.Of(values) : null,
        };
    }

    private ChunkEntry DescribeHistograms(in ChunkSlice chunk, long offsetBytes)
    {
        if (chunk.Codec != ChunkCodec.Opaque
            || !OpaqueChunk.TryRead(chunk.Bytes, chunk.Unit, chunk.Count, _opaque)
            || !IsAscending(_opaque.TimestampsNs))
        {
            throw new ArgumentException(
                $"The chunk does not decode to {chunk.Count} histograms in time order (codec {chunk.Codec}, {chunk.LengthBytes} bytes).", nameof(chunk));
        }

        return new ChunkEntry
        {
            Flags = (ChunkFlags)chunk.Unit | ChunkFlags.Histogram,
            Codec = chunk.Codec,
            Column = TimestampColumn.Of(_opaque.TimestampsNs),
            OffsetBytes = offsetBytes,
            LengthBytes = chunk.LengthBytes,
        };
    }

    private static bool IsAscending(ReadOnlySpan<long> timestampsNs)
    {
        for (int i = 1; i < timestampsNs.Length; i++)
        {
            if (timestampsNs[i] <= timestampsNs[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static ChunkFlags FlagsOf(ReadOnlySpan<double> values)
    {
        var flags = ChunkFlags.None;
        foreach (double value in values)
        {
            if (double.IsNaN(value))
            {
                flags |= StalenessMarker.Is(value) ? ChunkFlags.HasStalenessMarker : ChunkFlags.HasNaN;
            }
        }

        return flags;
    }
}
