using System.Buffers;
using Tsdb.Encoding.Chunks;
using Tsdb.Model.Errors;
using Tsdb.Model.Time;
using Tsdb.Storage.Chunks;

namespace Tsdb.Storage.Reading;

/// <summary>
/// The chunks of one series that have one rank: they follow each other in time without overlap, so they read as one ascending column. Reusable; used by
/// one thread.
/// </summary>
internal sealed class ChunkLayer : IDisposable
{
    private readonly List<ChunkSlice> _chunks = [];
    private long[] _timestampsNs = [];
    private double[] _values = [];
    private TimeRange _range;
    private int _chunk; // the chunk to open next
    private int _position;
    private int _end;

    /// <summary>Where this layer's samples stand against those of other layers at the same timestamp: the higher wins.</summary>
    public long Rank { get; private set; }

    /// <summary>The samples decoded and not yet taken.</summary>
    public int Pending => _end - _position;

    /// <summary>The timestamps decoded and not yet taken.</summary>
    public ReadOnlySpan<long> TimestampsNs => _timestampsNs.AsSpan(_position, Pending);

    /// <summary>The values decoded and not yet taken.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(_position, Pending);

    /// <summary>The next chunk, when nothing of the layer is decoded and pending.</summary>
    public ChunkSlice? NextChunk => Pending == 0 && _chunk < _chunks.Count ? _chunks[_chunk] : null;

    /// <summary>Empties the layer for another rank.</summary>
    public void Begin(long rank, TimeRange range)
    {
        Rank = rank;
        _range = range;
        _chunks.Clear();
        _chunk = 0;
        _position = 0;
        _end = 0;
    }

    /// <summary>Adds a chunk; chunks come in time order.</summary>
    public void Add(in ChunkSlice chunk) => _chunks.Add(chunk);

    /// <summary>Passes over the next chunk, which the caller decodes itself.</summary>
    public void SkipChunk() => _chunk++;

    /// <summary>Takes samples off the front.</summary>
    public void Take(int count) => _position += count;

    /// <summary>Decodes chunks until samples of the range are pending; false when the layer has no more.</summary>
    public bool TryFill()
    {
        while (Pending == 0)
        {
            if (_chunk == _chunks.Count)
            {
                return false;
            }

            Decode(_chunks[_chunk++]);
        }

        return true;
    }

    /// <summary>Decodes a whole chunk.</summary>
    /// <exception cref="CorruptionException">The chunk's bytes are damaged.</exception>
    public static void Decode(in ChunkSlice chunk, Span<long> timestampsNs, Span<double> values)
    {
        if (!ChunkDecoder.TryDecode(chunk.Codec, chunk.Bytes, chunk.Unit, chunk.Count, timestampsNs, values))
        {
            throw new CorruptionException(
                $"{chunk.Codec} chunk", 0, $"its {chunk.LengthBytes} bytes do not hold the {chunk.Count} samples they should");
        }
    }

    /// <summary>Returns the layer's buffers.</summary>
    public void Dispose()
    {
        if (_values.Length > 0)
        {
            ArrayPool<long>.Shared.Return(_timestampsNs);
            ArrayPool<double>.Shared.Return(_values);
        }

        _timestampsNs = [];
        _values = [];
        _position = _end = 0;
    }

    private void Decode(in ChunkSlice chunk)
    {
        if (_values.Length < chunk.Count)
        {
            Dispose();
            _timestampsNs = ArrayPool<long>.Shared.Rent(chunk.Count);
            _values = ArrayPool<double>.Shared.Rent(chunk.Count);
        }

        Span<long> timestampsNs = _timestampsNs.AsSpan(0, chunk.Count);
        Decode(chunk, timestampsNs, _values.AsSpan(0, chunk.Count));
        _position = LowerBound(timestampsNs, _range.MinTimeNs);
        _end = _range.MaxTimeNs == long.MaxValue ? chunk.Count : Math.Max(_position, LowerBound(timestampsNs, _range.MaxTimeNs + 1));
    }

    /// <summary>How many timestamps, which ascend, lie before a bound.</summary>
    public static int LowerBound(ReadOnlySpan<long> timestampsNs, long boundNs)
    {
        int index = timestampsNs.BinarySearch(boundNs);
        return index < 0 ? ~index : index;
    }
}
