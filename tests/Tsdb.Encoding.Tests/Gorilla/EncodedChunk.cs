using System.Runtime.InteropServices;
using Tsdb.Encoding.Gorilla;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;

namespace Tsdb.Encoding.Tests.Gorilla;

/// <summary>A Gorilla chunk written into memory that was not cleared, and its decoding.</summary>
internal sealed class EncodedChunk
{
    private readonly ulong[] _words;
    private GorillaState _state;

    private EncodedChunk(int words)
    {
        _words = new ulong[words];
        Array.Fill(_words, 0xA5A5_A5A5_A5A5_A5A5); // memory of a slab is used again without being cleared
    }

    public TimeUnit Unit => _state.Unit;

    public int Count { get; private set; }

    public GorillaState State => _state;

    public byte[] Payload => MemoryMarshal.AsBytes(_words.AsSpan())[.._state.LengthBytes].ToArray();

    public ReadOnlySpan<byte> Memory => MemoryMarshal.AsBytes(_words.AsSpan());

    /// <summary>Begins a chunk of the given unit; the words suffice for <paramref name="capacity"/> samples of any kind.</summary>
    public static EncodedChunk Start(TimeUnit unit, Sample first, int capacity = 1) => WithWords(2 + (capacity * 3), unit, first);

    public static EncodedChunk WithWords(int words, TimeUnit unit, Sample first)
    {
        EncodedChunk chunk = new(words);
        GorillaEncoder.Start(ref chunk._state, chunk._words, unit, first.TimestampNs, first.Value);
        chunk.Count = 1;
        return chunk;
    }

    /// <summary>Encodes all samples, in the coarsest unit that suits each of them.</summary>
    public static EncodedChunk Of(IReadOnlyList<Sample> samples)
    {
        TimeUnit unit = samples.Aggregate(TimeUnit.Seconds, (limit, sample) => GorillaEncoder.CoarsestUnit(sample.TimestampNs, limit));
        EncodedChunk chunk = Start(unit, samples[0], samples.Count);
        foreach (Sample sample in samples.Skip(1))
        {
            Assert.That(chunk.TryAppend(sample), Is.EqualTo(GorillaStatus.Appended));
        }

        return chunk;
    }

    public GorillaStatus TryAppend(Sample sample)
    {
        GorillaStatus status = GorillaEncoder.TryAppend(ref _state, _words, sample.TimestampNs, sample.Value);
        Count += status == GorillaStatus.Appended ? 1 : 0;
        return status;
    }

    public Sample[]? Decode() => Decode(Payload, Unit, Count);

    public static Sample[]? Decode(ReadOnlySpan<byte> payload, TimeUnit unit, int count)
    {
        long[] timestampsNs = new long[count];
        double[] values = new double[count];
        return GorillaDecoder.TryDecode(payload, unit, count, timestampsNs, values)
            ? [.. timestampsNs.Zip(values, (timestampNs, value) => new Sample(timestampNs, value))]
            : null;
    }
}
