using System.Buffers;
using Tsdb.Encoding.Compression;
using Tsdb.Model.Files;
using Tsdb.Storage.Blocks.Layout;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Wal;

namespace Tsdb.Storage.Checkpoints;

/// <summary>Writes one checkpoint: all its series, then all its chunks. Used by one thread.</summary>
internal sealed class CheckpointWriter : IDisposable
{
    private const int MaxChunksPerGroup = 1024; // of a KiB at most: a section stays well below its limit whatever a series holds

    private readonly IWritableFile _file;
    private readonly WalSeriesBatch _series = new();
    private readonly SectionBuilder _chunks = new();
    private byte[] _section = new byte[CheckpointFormat.TargetPayloadBytes + (CheckpointFormat.TargetPayloadBytes / 8)];
    private int _labelBytes;
    private uint _previousSlot;
    private long _seriesCount;
    private long _chunkCount;
    private long _sampleCount;

    /// <summary>Begins a checkpoint in a new file, which the writer owns.</summary>
    public CheckpointWriter(IWritableFile file, in CheckpointHeader header)
    {
        _file = file;
        Span<byte> bytes = stackalloc byte[CheckpointFormat.HeaderBytes];
        header.Write(bytes);
        file.Write(0, bytes);
        LengthBytes = CheckpointFormat.HeaderBytes;
    }

    /// <summary>Bytes written.</summary>
    public long LengthBytes { get; private set; }

    /// <summary>Adds a series; slots ascend.</summary>
    public void AddSeries(uint slot, ReadOnlySpan<byte> canonicalLabels)
    {
        _series.Add(slot, canonicalLabels);
        _labelBytes += canonicalLabels.Length;
        _seriesCount++;
        if (_labelBytes >= CheckpointFormat.TargetPayloadBytes)
        {
            WriteSeries();
        }
    }

    /// <summary>Adds all chunks of a series that was added; slots ascend.</summary>
    /// <param name="slot">The series.</param>
    /// <param name="chunks">In order of rank, and each rank's oldest first.</param>
    public void AddChunks(uint slot, List<ChunkSlice> chunks)
    {
        WriteSeries();
        for (int first = 0; first < chunks.Count; first += MaxChunksPerGroup)
        {
            AddGroup(slot, chunks, first, Math.Min(chunks.Count - first, MaxChunksPerGroup));
            if (_chunks.LengthBytes >= CheckpointFormat.TargetPayloadBytes)
            {
                WriteChunks();
            }
        }
    }

    /// <summary>Writes what is left and makes the file durable.</summary>
    public void Complete()
    {
        WriteSeries();
        WriteChunks();
        _chunks.WriteVarint((ulong)_seriesCount);
        _chunks.WriteVarint((ulong)_chunkCount);
        _chunks.WriteVarint((ulong)_sampleCount);
        WriteSection(CheckpointSectionType.End, _chunks.Payload, isCompressible: false);
        _file.Sync();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void AddGroup(uint slot, List<ChunkSlice> chunks, int first, int count)
    {
        _chunks.WriteVarint(slot - _previousSlot);
        _chunks.WriteVarint((ulong)count);
        _previousSlot = slot;
        for (int i = first; i < first + count; i++)
        {
            bool isLast = i + 1 == chunks.Count || chunks[i + 1].Rank != chunks[i].Rank;
            CheckpointChunk.Write(_chunks, chunks[i], isLast);
            _sampleCount += chunks[i].Count;
        }

        _chunkCount += count;
    }

    private void WriteSeries()
    {
        for (int first = 0; first < _series.Count;)
        {
            int count = WalSeriesPayload.Plan(_series, first, out int maxBytes);
            byte[] payload = ArrayPool<byte>.Shared.Rent(maxBytes);
            try
            {
                int lengthBytes = WalSeriesPayload.Write(_series, first, count, payload);
                WriteSection(CheckpointSectionType.Series, payload.AsSpan(0, lengthBytes), isCompressible: true);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(payload);
            }

            first += count;
        }

        _series.Clear();
        _labelBytes = 0;
    }

    private void WriteChunks()
    {
        if (_chunks.LengthBytes > 0)
        {
            // Chunks are compressed already.
            WriteSection(CheckpointSectionType.Chunks, _chunks.Payload, isCompressible: false);
            _chunks.Clear();
            _previousSlot = 0;
        }
    }

    private void WriteSection(CheckpointSectionType type, ReadOnlySpan<byte> payload, bool isCompressible)
    {
        if (_section.Length < CheckpointFormat.SectionHeaderBytes + payload.Length)
        {
            _section = new byte[CheckpointFormat.SectionHeaderBytes + payload.Length];
        }

        Span<byte> stored = _section.AsSpan(CheckpointFormat.SectionHeaderBytes, payload.Length);
        int storedBytes = isCompressible ? Lz4Block.Compress(payload, stored) : 0;
        if (storedBytes == 0)
        {
            payload.CopyTo(stored);
        }

        var section = new CheckpointSection(storedBytes == 0 ? payload.Length : storedBytes, type, storedBytes > 0, payload.Length);
        section.Seal(_section, LengthBytes);
        _file.Write(LengthBytes, _section.AsSpan(0, section.TotalBytes));
        LengthBytes += section.TotalBytes;
    }
}
