using Tsdb.Encoding;
using Tsdb.Encoding.Gorilla;
using Tsdb.Encoding.Opaque;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Storage.Blocks;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Reading;

namespace Tsdb.Storage.Compaction;

/// <summary>Writes the histograms of one series into a block, merged, as chunks of like size. Used by one thread.</summary>
internal sealed unsafe class HistogramRewriter
{
    // A chunk is decoded whole, so these bound what a query for a few samples decodes.
    private const int MaxSamples = 256;
    private const int MaxBytes = 128 << 10; // but at least one histogram

    private readonly MergedHistogramReader _reader = new();
    private readonly OpaqueSamples _samples = new();
    private byte[] _chunk = [];
    private TimeUnit _unit; // the coarsest of all timestamps so far
    private long _windowEndNs;

    /// <summary>Adds the series' histograms to the writer.</summary>
    /// <param name="chunks">Chunks and leaves of histograms, in any order.</param>
    /// <param name="range">The samples to write.</param>
    /// <param name="writer">The block, with the series begun.</param>
    public void Write(List<ChunkSlice> chunks, TimeRange range, BlockWriter writer)
    {
        _reader.Begin(chunks, range);
        while (_reader.MoveNext())
        {
            Append(_reader.TimestampNs, _reader.Encoded, writer);
        }

        FinishChunk(writer);
    }

    private void Append(long timestampNs, ReadOnlySpan<byte> encoded, BlockWriter writer)
    {
        bool fits = _samples.Count < MaxSamples && timestampNs <= _windowEndNs && _samples.LengthBytes + encoded.Length <= MaxBytes;
        if (_samples.Count > 0 && !fits)
        {
            FinishChunk(writer);
        }

        if (_samples.Count == 0)
        {
            _unit = TimeUnit.Seconds;
            _windowEndNs = TimeWindow.EndOf(timestampNs);
        }

        _unit = GorillaEncoder.CoarsestUnit(timestampNs, _unit);
        _samples.Add(timestampNs, encoded);
    }

    private void FinishChunk(BlockWriter writer)
    {
        if (_samples.Count == 0)
        {
            return;
        }

        int maxBytes = OpaqueChunk.MaxLengthOf(_samples);
        if (maxBytes > _chunk.Length)
        {
            _chunk = new byte[maxBytes];
        }

        int lengthBytes = OpaqueChunk.Write(_samples, _unit, _chunk);
        fixed (byte* data = _chunk)
        {
            writer.AddChunk(new ChunkSlice
            {
                Data = data,
                LengthBytes = lengthBytes,
                Count = _samples.Count,
                Codec = ChunkCodec.Opaque,
                Unit = _unit,
                Kind = SampleKind.Histogram,
                MinTimeNs = _samples.TimestampsNs[0],
                MaxTimeNs = _samples.TimestampsNs[^1],
                Rank = 0,
            });
        }

        _samples.Clear();
    }
}
