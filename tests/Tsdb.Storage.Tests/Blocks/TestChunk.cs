using System.Runtime.InteropServices;
using Tsdb.Encoding;
using Tsdb.Encoding.Gorilla;
using Tsdb.Encoding.Raw;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Storage.Chunks;

namespace Tsdb.Storage.Tests.Blocks;

/// <summary>Encodes samples into chunks whose bytes do not move.</summary>
internal static unsafe class TestChunk
{
    public static ChunkSlice Raw(ReadOnlySpan<Sample> samples)
    {
        byte[] bytes = GC.AllocateArray<byte>(RawChunk.LengthOf(samples.Length), pinned: true);
        for (int i = 0; i < samples.Length; i++)
        {
            RawChunk.WriteAt(bytes, i, samples[i].TimestampNs, samples[i].Value);
        }

        return SliceOf(bytes, bytes.Length, samples, ChunkCodec.Raw, TimeUnit.Nanoseconds);
    }

    public static ChunkSlice Gorilla(ReadOnlySpan<Sample> samples)
    {
        ulong[] words = GC.AllocateArray<ulong>(2 + (samples.Length * 3), pinned: true);
        var state = new GorillaState();
        GorillaEncoder.Start(ref state, words, TimeUnit.Nanoseconds, samples[0].TimestampNs, samples[0].Value);
        foreach (Sample sample in samples[1..])
        {
            Assert.That(GorillaEncoder.TryAppend(ref state, words, sample.TimestampNs, sample.Value), Is.EqualTo(GorillaStatus.Appended));
        }

        return SliceOf(words, state.LengthBytes, samples, ChunkCodec.Gorilla, TimeUnit.Nanoseconds);
    }

    private static ChunkSlice SliceOf<T>(T[] pinned, int lengthBytes, ReadOnlySpan<Sample> samples, ChunkCodec codec, TimeUnit unit)
        where T : unmanaged
    {
        Keep.Add(pinned);
        return new ChunkSlice
        {
            Data = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0),
            LengthBytes = lengthBytes,
            Count = samples.Length,
            Codec = codec,
            Unit = unit,
            Kind = SampleKind.Float,
            MinTimeNs = samples[0].TimestampNs,
            MaxTimeNs = samples[^1].TimestampNs,
            Rank = 0,
        };
    }

    // A slice does not hold its bytes; tests are small, so they are simply kept.
    private static System.Collections.Concurrent.ConcurrentBag<object> Keep { get; } = [];
}
