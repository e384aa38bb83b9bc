using Tsdb.Encoding;
using Tsdb.Encoding.Opaque;
using Tsdb.Encoding.Raw;
using Tsdb.Model.Errors;
using Tsdb.Model.Time;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Memtable;

namespace Tsdb.Storage.Reading;

/// <summary>The chunks and leaves of histograms of one series that have one rank and so do not overlap. Reusable; used by one thread.</summary>
internal sealed class HistogramLayer
{
    private readonly List<ChunkSlice> _chunks = [];
    private readonly OpaqueSamples _samples = new();
    private long[] _timestampsNs = [];
    private double[] _addresses = [];
    private TimeRange _range;
    private int _chunk; // the chunk to open next
    private int _position;

    /// <summary>Where this layer's samples stand against those of other layers at the same timestamp: the higher wins.</summary>
    public long Rank { get; private set; }

    /// <summary>The time of the current sample, once <see cref="TryFill"/> said that there is one.</summary>
    public long TimestampNs => _samples.TimestampsNs[_position];

    /// <summary>The current sample's encoded histogram.</summary>
    public ReadOnlySpan<byte> Encoded => _samples.ValueAt(_position);

    /// <summary>Empties the layer for another rank.</summary>
    public void Begin(long rank, TimeRange range)
    {
        Rank = rank;
        _range = range;
        _chunks.Clear();
        _samples.Clear();
        _chunk = 0;
        _position = 0;
    }

    /// <summary>Adds a chunk; chunks come in time order.</summary>
    public void Add(in ChunkSlice chunk) => _chunks.Add(chunk);

    /// <summary>Takes the current sample off the front.</summary>
    public void Take() => _position++;

    /// <summary>Decodes chunks until there is a current sample in the range; false when the layer has no more.</summary>
    public bool TryFill()
    {
        while (_position >= _samples.Count)
        {
            if (_chunk == _chunks.Count)
            {
                return false;
            }

            Decode(_chunks[_chunk++]);
            _position = ChunkLayer.LowerBound(_samples.TimestampsNs, _range.MinTimeNs);
        }

        return TimestampNs <= _range.MaxTimeNs;
    }

    private void Decode(in ChunkSlice chunk)
    {
        bool isDecoded = chunk.Codec == ChunkCodec.Raw
            ? TryCopyLeaf(chunk)
            : chunk.Codec == ChunkCodec.Opaque && OpaqueChunk.TryRead(chunk.Bytes, chunk.Unit, chunk.Count, _samples);
        if (!isDecoded)
        {
            throw new CorruptionException(
                $"{chunk.Codec} chunk", 0, $"its {chunk.LengthBytes} bytes do not hold the {chunk.Count} histograms they should");
        }
    }

    // A leaf of a memtable, which is held.
    private bool TryCopyLeaf(in ChunkSlice leaf)
    {
        if (_addresses.Length < leaf.Count)
        {
            _timestampsNs = new long[leaf.Count];
            _addresses = new double[leaf.Count];
        }

        _samples.Clear();
        if (!RawChunk.TryDecode(leaf.Bytes, leaf.Count, _timestampsNs, _addresses))
        {
            return false;
        }

        for (int i = 0; i < leaf.Count; i++)
        {
            _samples.Add(_timestampsNs[i], HistogramLeaves.EncodedAt(_addresses[i]));
        }

        return true;
    }
}
