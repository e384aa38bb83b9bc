using System.Runtime.InteropServices;
using Tsdb.Encoding;
using Tsdb.Encoding.Gorilla;
using Tsdb.Encoding.Raw;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Storage.Chunks;

namespace Tsdb.Storage.Tests.Reading;

/// <summary>Encoded samples in native memory, as a memtable or block would hold them. Dispose it to free them.</summary>
internal sealed unsafe class EncodedChunk : IDisposable
{
    private readonly byte* _data;

    private EncodedChunk(byte* data, ChunkSlice slice)
    {
        _data = data;
        Slice = slice;
    }

    public ChunkSlice Slice { get; }

    /// <summary>Encodes samples with ascending timestamps in nanoseconds.</summary>
    public static EncodedChunk Of(ChunkCodec codec, long rank, IReadOnlyList<Sample> samples)
    {
        int capacity = 64 + (samples.Count * 24);
        byte* data = (byte*)NativeMemory.AlignedAlloc((nuint)(capacity & ~7), 8);
        int length = codec == ChunkCodec.Gorilla ? Gorilla(data, capacity & ~7, samples) : Raw(data, capacity, samples);
        var slice = new ChunkSlice
        {
            Data = data,
            LengthBytes = length,
            Count = samples.Count,
            Codec = codec,
            Unit = TimeUnit.Nanoseconds,
            Kind = SampleKind.Float,
            MinTimeNs = samples[0].TimestampNs,
            MaxTimeNs = samples[^1].TimestampNs,
            Rank = rank,
        };
        return new EncodedChunk(data, slice);
    }

    public void Dispose() => NativeMemory.AlignedFree(_data);

    private static int Gorilla(byte* data, int capacity, IReadOnlyList<Sample> samples)
    {
        var words = new Span<ulong>(data, capacity / 8);
        GorillaState state = default;
        GorillaEncoder.Start(ref state, words, TimeUnit.Nanoseconds, samples[0].TimestampNs, samples[0].Value);
        foreach (Sample sample in samples.Skip(1))
        {
            if (GorillaEncoder.TryAppend(ref state, words, sample.TimestampNs, sample.Value) != GorillaStatus.Appended)
            {
                throw new InvalidOperationException("The test's chunk is too small.");
            }
        }

        return state.LengthBytes;
    }

    private static int Raw(byte* data, int capacity, IReadOnlyList<Sample> samples)
    {
        for (int i = 0; i < samples.Count; i++)
        {
            RawChunk.WriteAt(new Span<byte>(data, capacity), i, samples[i].TimestampNs, samples[i].Value);
        }

        return RawChunk.LengthOf(samples.Count);
    }
}
