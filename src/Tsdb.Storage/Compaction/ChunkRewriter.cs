using System.Runtime.InteropServices;
using Tsdb.Encoding;
using Tsdb.Encoding.Gorilla;
using Tsdb.Model.Reading;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Storage.Blocks;
using Tsdb.Storage.Chunks;

namespace Tsdb.Storage.Compaction;

/// <summary>Writes the samples of one series into a block: in-order chunks as they are, and anything that overlaps merged and encoded anew.</summary>
/// <remarks>Used by one thread. Dispose it to return the buffers.</remarks>
internal sealed unsafe class ChunkRewriter : IDisposable
{
    private const int MaxSamples = 1024; // a chunk is decoded whole, so this bounds what a query for a few samples decodes
    private const int MaxWords = 2048; // 16 KiB: more than 1024 samples of the costliest kind need

    private readonly Reading.MergedColumnReader _reader = new();
    private readonly ulong* _words = (ulong*)NativeMemory.AlignedAlloc(MaxWords * sizeof(ulong), 64);
    private long[] _timestampsNs = new long[MaxSamples];
    private double[] _values = new double[MaxSamples];
    private GorillaState _state;
    private int _count;
    private long _firstNs;
    private long _lastNs;

    /// <summary>Adds the series' chunks to the writer.</summary>
    /// <param name="chunks">The chunks, in any order.</param>
    /// <param name="range">The samples to write.</param>
    /// <param name="writer">The block, with the series begun.</param>
    public void Write(List<ChunkSlice> chunks, TimeRange range, BlockWriter writer)
    {
        if (IsInOrder(chunks, range))
        {
            foreach (ChunkSlice chunk in chunks)
            {
                writer.AddChunk(chunk);
            }

            return;
        }

        _reader.Begin(chunks, range);
        while (_reader.MoveNext())
        {
            Append(_reader.Current, writer);
        }

        FinishChunk(writer);
    }

    /// <summary>Returns the buffers.</summary>
    public void Dispose()
    {
        _reader.Dispose();
        NativeMemory.AlignedFree(_words);
    }

    // One rank means no overlap; the chunks then come in time order from the memtable and, the range ending at window edges, whole.
    private static bool IsInOrder(List<ChunkSlice> chunks, TimeRange range)
    {
        long previousMaxNs = long.MinValue;
        for (int i = 0; i < chunks.Count; i++)
        {
            ChunkSlice chunk = chunks[i];
            bool follows = i == 0 || (chunk.Rank == chunks[0].Rank && chunk.MinTimeNs > previousMaxNs);
            if (!follows || chunk.Codec != ChunkCodec.Gorilla || chunk.MinTimeNs < range.MinTimeNs || chunk.MaxTimeNs > range.MaxTimeNs)
            {
                return false;
            }

            previousMaxNs = chunk.MaxTimeNs;
        }

        return true;
    }

    private void Append(in ColumnRun run, BlockWriter writer)
    {
        if (_values.Length < run.Count)
        {
            _timestampsNs = new long[run.Count];
            _values = new double[run.Count];
        }

        _reader.Read(_timestampsNs, _values);
        for (int i = 0; i < run.Count; i++)
        {
            Append(_timestampsNs[i], _values[i], writer);
        }
    }

    private void Append(long timestampNs, double value, BlockWriter writer)
    {
        var words = new Span<ulong>(_words, MaxWords);
        bool fits = _count > 0 && _count < MaxSamples && timestampNs <= TimeWindow.EndOf(_firstNs)
            && GorillaEncoder.TryAppend(ref _state, words, timestampNs, value) == GorillaStatus.Appended;
        if (!fits)
        {
            FinishChunk(writer);
            _state = default;
            GorillaEncoder.Start(ref _state, words, GorillaEncoder.CoarsestUnit(timestampNs), timestampNs, value);
            _firstNs = timestampNs;
        }

        _count++;
        _lastNs = timestampNs;
    }

    private void FinishChunk(BlockWriter writer)
    {
        if (_count == 0)
        {
            return;
        }

        writer.AddChunk(new ChunkSlice
        {
            Data = (byte*)_words,
            LengthBytes = _state.LengthBytes,
            Count = _count,
            Codec = ChunkCodec.Gorilla,
            Unit = _state.Unit,
            Kind = SampleKind.Float,
            MinTimeNs = _firstNs,
            MaxTimeNs = _lastNs,
            Rank = 0,
        });
        _count = 0;
    }
}
