using Tsdb.Encoding.Columns;
using Tsdb.Encoding.Entropy;
using Tsdb.Model.Time;

namespace Tsdb.Encoding.Tests.Columns;

public sealed class TimestampColumnTests
{
    private const long StartNs = 1_700_000_000 * Timestamps.NsPerSecond;

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(AnyColumns)])]
    public bool Decode_AnyColumn_ReturnsTheSame(TimeColumn column) =>
        Decode(Encode(column.TimestampsNs, out CodebookSet codebooks), codebooks, column.TimestampsNs.Length)!.SequenceEqual(column.TimestampsNs);

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(AnyColumns)])]
    public bool TryDecode_DamagedColumn_NeverThrows(TimeColumn column, ushort at, byte xor, byte cut)
    {
        byte[] payload = Encode(column.TimestampsNs, out CodebookSet codebooks);
        payload[at % payload.Length] ^= xor;
        long[] timestampsNs = new long[column.TimestampsNs.Length + 1];
        TimestampColumnDecoder.TryDecode(payload.AsSpan(0, payload.Length - Math.Min(cut % 4, payload.Length)), codebooks, timestampsNs.AsSpan(1));
        return timestampsNs[0] == 0;
    }

    [Test]
    public void Encode_RegularTimestamps_TakesAFewBytes()
    {
        long[] regular = [.. Enumerable.Range(0, 8192).Select(i => StartNs + (i * 10 * Timestamps.NsPerSecond))];

        Assert.That(Encode(regular, out _), Has.Length.LessThanOrEqualTo(8));
    }

    [Test]
    public void Encode_GapsAmongRegularTimestamps_TakesAFewBytesAGap()
    {
        long[] gaps = [.. Enumerable.Range(0, 8192).Select(i => StartNs + ((i + (i / 1000 * 6)) * 10 * Timestamps.NsPerSecond))];

        Assert.That(Encode(gaps, out _), Has.Length.LessThanOrEqualTo(8 + 3 + (8 * 3)));
    }

    [Test]
    public void Encode_JitterAboutAGrid_TakesLessThanHalfAByte()
    {
        Random random = new(5);
        long[] jitter = [.. Enumerable.Range(0, 8192).Select(i => StartNs + (((i * 15_000L) + random.Next(6)) * Timestamps.NsPerMillisecond))];

        Assert.That(Encode(jitter, out _), Has.Length.LessThanOrEqualTo(8192 * 43 / 100));
    }

    [Test]
    public void Encode_NoTimestamps_IsRefused() =>
        Assert.That(() => new TimestampColumnEncoder(CodebookSet.Empty).Encode([], new byte[1000]), Throws.InstanceOf<ArgumentException>());

    [TestCase(1)]
    [TestCase(6)]
    [TestCase(255)]
    public void TryDecode_CodecOfNoTimestamps_IsRefused(byte codec) =>
        Assert.That(Decode([codec, 0, 0, 0, 0, 0, 0], CodebookSet.Empty, 1), Is.Null);

    [Test]
    public void TryDecode_UnknownUnit_IsRefused() => Assert.That(Decode([2, 4, 0, 0], CodebookSet.Empty, 1), Is.Null);

    private static byte[] Encode(long[] timestampsNs, out CodebookSet codebooks)
    {
        var trainer = new CodebookTrainer();
        trainer.AddTimestamps(timestampsNs);
        codebooks = trainer.Build();
        byte[] buffer = new byte[TimestampColumnEncoder.MaxLengthOf(timestampsNs.Length)];
        return buffer[..new TimestampColumnEncoder(codebooks).Encode(timestampsNs, buffer)];
    }

    private static long[]? Decode(byte[] payload, CodebookSet codebooks, int count)
    {
        long[] timestampsNs = new long[count];
        return TimestampColumnDecoder.TryDecode(payload, codebooks, timestampsNs) ? timestampsNs : null;
    }
}
