using Tsdb.Encoding.Chunks;
using Tsdb.Encoding.Opaque;
using Tsdb.Model.Time;

namespace Tsdb.Encoding.Tests.Opaque;

public sealed class OpaqueChunkTests
{
    // The example of docs/formats.md#opaque: changes only with the format's version.
    private const string Golden = "0D 58 14 02 02 03 02 AA BB 01 02 03 0C 0D";

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool RoundTrip_AnySamples_GivesTheSame((long TimestampNs, byte[] Value)[] samples)
    {
        if (samples.Length == 0)
        {
            return true;
        }

        OpaqueSamples written = SamplesOf(samples);
        var read = new OpaqueSamples();
        return OpaqueChunk.TryRead(Encode(written, TimeUnit.Nanoseconds), TimeUnit.Nanoseconds, samples.Length, read) && AreSame(read, written);
    }

    [TestCase(TimeUnit.Seconds, 1_700_000_000_000_000_000)]
    [TestCase(TimeUnit.Milliseconds, -1_700_000_000_123_000_000)]
    [TestCase(TimeUnit.Nanoseconds, long.MaxValue - 1000)]
    [TestCase(TimeUnit.Nanoseconds, long.MinValue)]
    public void RoundTrip_RegularTimestampsOfAUnit_GivesTheSame(TimeUnit unit, long startNs)
    {
        long stepNs = Timestamps.NsPer(unit) * 15;
        OpaqueSamples written = SamplesOf([.. Enumerable.Range(0, 60).Select(i => (startNs + (i * stepNs), new[] { (byte)i }))]);
        var read = new OpaqueSamples();

        Assert.That(OpaqueChunk.TryRead(Encode(written, unit), unit, 60, read), Is.True);
        Assert.That(AreSame(read, written), Is.True);
    }

    [Test]
    public void Write_LikeValues_TakesFarFewerBytes()
    {
        byte[] value = [.. Enumerable.Range(0, 300).Select(i => (byte)(i * 7))];
        OpaqueSamples samples = SamplesOf([.. Enumerable.Range(0, 100).Select(i => (i * 1000L, value))]);

        Assert.That(Encode(samples, TimeUnit.Nanoseconds), Has.Length.LessThan(30_000 / 10));
    }

    [Test]
    public void Write_TheDocumentedExample_GivesTheDocumentedBytes()
    {
        OpaqueSamples samples = SamplesOf([(44_000_000_000, [0xAA, 0xBB]), (54_000_000_000, [1, 2, 3]), (65_000_000_000, [12, 13])]);

        Assert.That(BitConverter.ToString(Encode(samples, TimeUnit.Seconds)).Replace('-', ' '), Is.EqualTo(Golden));
    }

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public bool TryRead_AnyBytes_IsReadOrRefused(byte[] bytes, byte unit, byte count)
    {
        var samples = new OpaqueSamples();
        return !OpaqueChunk.TryRead(bytes, (TimeUnit)(unit % 6), count, samples) || samples.Count == count;
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void TryRead_AnyByteOfAChunkChanged_IsReadOrRefused(int seed)
    {
        var random = new Random(seed);
        OpaqueSamples written = SamplesOf([.. Enumerable.Range(0, 20).Select(i => (i * 1000L, new byte[random.Next(100)]))]);
        byte[] bytes = Encode(written, TimeUnit.Nanoseconds);
        bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

        OpaqueChunk.TryRead(bytes, TimeUnit.Nanoseconds, 20, new OpaqueSamples());
    }

    [Test]
    public void TryRead_EveryCutAndOtherCounts_IsRefused()
    {
        OpaqueSamples written = SamplesOf([.. Enumerable.Range(0, 20).Select(i => (i * 1000L, new byte[30]))]);
        byte[] bytes = Encode(written, TimeUnit.Nanoseconds);

        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.That(OpaqueChunk.TryRead(bytes.AsSpan(0, length), TimeUnit.Nanoseconds, 20, new OpaqueSamples()), Is.False, $"cut to {length} bytes");
        }

        Assert.That(OpaqueChunk.TryRead(bytes, TimeUnit.Nanoseconds, 0, new OpaqueSamples()), Is.False);
        Assert.That(OpaqueChunk.TryRead(bytes, TimeUnit.Nanoseconds, int.MaxValue, new OpaqueSamples()), Is.False);
    }

    [Test]
    public void TryDecode_OpaqueChunkAsFloats_IsRefused()
    {
        byte[] bytes = Encode(SamplesOf([(1, [1])]), TimeUnit.Nanoseconds);

        Assert.That(ChunkDecoder.TryDecode(ChunkCodec.Opaque, bytes, TimeUnit.Nanoseconds, 1, new long[1], new double[1]), Is.False);
    }

    private static OpaqueSamples SamplesOf((long TimestampNs, byte[] Value)[] samples)
    {
        var opaque = new OpaqueSamples();
        foreach ((long timestampNs, byte[] value) in samples)
        {
            opaque.Add(timestampNs, value);
        }

        return opaque;
    }

    private static byte[] Encode(OpaqueSamples samples, TimeUnit unit)
    {
        byte[] bytes = new byte[OpaqueChunk.MaxLengthOf(samples)];
        return bytes[..OpaqueChunk.Write(samples, unit, bytes)];
    }

    private static bool AreSame(OpaqueSamples left, OpaqueSamples right) =>
        left.TimestampsNs.SequenceEqual(right.TimestampsNs)
        && Enumerable.Range(0, left.Count).All(i => left.ValueAt(i).SequenceEqual(right.ValueAt(i)));
}
