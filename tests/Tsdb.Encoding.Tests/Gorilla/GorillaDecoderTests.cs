using Tsdb.Encoding.Gorilla;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;

namespace Tsdb.Encoding.Tests.Gorilla;

public sealed class GorillaDecoderTests
{
    private static readonly Sample[] Few = [new(1_000_000_000, 1), new(2_000_000_000, 2.5), new(3_500_000_000, -0.0), new(3_600_000_000, double.NaN)];

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public bool TryDecode_AnyBytes_NeverThrowsNorWritesBeyondTheCount(byte[] noise, byte unit, byte count)
    {
        long[] timestampsNs = new long[count + 1];
        double[] values = new double[count + 1];
        GorillaDecoder.TryDecode(noise, (TimeUnit)(unit % 6), count, timestampsNs, values);
        return timestampsNs[count] == 0 && values[count] == 0;
    }

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(AnySamples)])]
    public bool TryDecode_DamagedChunk_NeverThrowsAndNeverReadsBeyond(AscendingSamples samples, ushort at, byte xor, ushort extra)
    {
        EncodedChunk chunk = EncodedChunk.Of(samples.Samples);
        byte[] damaged = chunk.Payload;
        damaged[at % damaged.Length] ^= xor;
        int count = chunk.Count + (extra % 300);

        // The same bytes before two different neighbours: what is decoded must not depend on them.
        byte[] zeros = [.. damaged, .. new byte[64]];
        byte[] ones = [.. damaged, .. Enumerable.Repeat((byte)0xFF, 64)];
        Sample[]? left = EncodedChunk.Decode(zeros.AsSpan(0, damaged.Length), chunk.Unit, count);
        Sample[]? right = EncodedChunk.Decode(ones.AsSpan(0, damaged.Length), chunk.Unit, count);
        return left is null ? right is null : right is not null && left.SequenceEqual(right);
    }

    [Test]
    public void TryDecode_CutPayload_IsRefusedAtEveryLength()
    {
        EncodedChunk chunk = EncodedChunk.Of(Few);
        for (int length = 0; length < chunk.Payload.Length; length++)
        {
            Assert.That(EncodedChunk.Decode(chunk.Payload.AsSpan(0, length), chunk.Unit, Few.Length), Is.Null, $"cut to {length} bytes");
        }
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(int.MinValue)]
    public void TryDecode_NoSamples_IsRefused(int count) =>
        Assert.That(GorillaDecoder.TryDecode(new byte[64], TimeUnit.Seconds, count, new long[4], new double[4]), Is.False);

    [Test]
    public void TryDecode_MoreSamplesThanTheBytesCanHold_IsRefusedBeforeTheColumnsAreTouched() =>
        Assert.That(GorillaDecoder.TryDecode(new byte[64], TimeUnit.Seconds, int.MaxValue, [], []), Is.False);

    [Test]
    public void TryDecode_UnknownUnit_IsRefused() =>
        Assert.That(GorillaDecoder.TryDecode(new byte[64], (TimeUnit)4, 1, new long[1], new double[1]), Is.False);

    [Test]
    public void TryDecode_ColumnTooShort_IsTheCallersMistake() =>
        Assert.That(() => GorillaDecoder.TryDecode(new byte[64], TimeUnit.Seconds, 2, new long[1], new double[2]), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void TryDecode_WindowBeyondTheWord_IsRefused()
    {
        // First sample, then: same delta (0), new window (11) of 31 leading zeros and length 34, and ones without end.
        byte[] payload = [.. new byte[16], 0b0111_1111, 0b1000_1011, .. Enumerable.Repeat((byte)0xFF, 16)];
        Assert.That(EncodedChunk.Decode(payload, TimeUnit.Seconds, 2), Is.Null);
    }
}
