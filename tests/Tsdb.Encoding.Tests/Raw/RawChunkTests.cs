using FsCheck;
using Tsdb.Encoding.Raw;
using Tsdb.Encoding.Tests.Gorilla;
using Tsdb.Model.Samples;

namespace Tsdb.Encoding.Tests.Raw;

public sealed class RawChunkTests
{
    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(AnySamples)])]
    public bool RoundTrip_AnySamples_ReturnsTheSameBits(AscendingSamples samples, PositiveInt published)
    {
        long[] timestampsNs = [.. samples.Samples.Select(sample => sample.TimestampNs)];
        double[] values = [.. samples.Samples.Select(sample => sample.Value)];
        byte[] chunk = new byte[RawChunk.LengthOf(timestampsNs.Length)];
        int length = RawChunk.Write(chunk, timestampsNs, values);

        int count = Math.Min(published.Get, values.Length);
        long[] timestampsBack = new long[count];
        double[] valuesBack = new double[count];
        return length == chunk.Length
            && RawChunk.TryDecode(chunk, count, timestampsBack, valuesBack)
            && timestampsBack.Zip(valuesBack, (timestampNs, value) => new Sample(timestampNs, value)).SequenceEqual(samples.Samples.Take(count))
            && new Sample(RawChunk.TimestampAt(chunk, count - 1), RawChunk.ValueAt(chunk, count - 1)).Equals(samples.Samples[count - 1]);
    }

    [TestCase(0, 1)]
    [TestCase(15, 1)]
    [TestCase(31, 2)]
    [TestCase(16, 0)]
    [TestCase(16, -1)]
    public void TryDecode_NotThatManySamples_IsRefused(int lengthBytes, int count) =>
        Assert.That(RawChunk.TryDecode(new byte[lengthBytes], count, new long[2], new double[2]), Is.False);

    [Test]
    public void Write_ColumnsOfTwoLengths_IsRefused() =>
        Assert.That(() => RawChunk.Write(new byte[64], [1, 2], [1.0]), Throws.ArgumentException);

    [Test]
    public void Write_DestinationTooShort_IsRefused() =>
        Assert.That(() => RawChunk.Write(new byte[31], [1, 2], [1.0, 2.0]), Throws.ArgumentException);
}
