using Tsdb.Encoding.Columns;
using Tsdb.Encoding.Entropy;
using Tsdb.Model.Samples;

namespace Tsdb.Encoding.Tests.Columns;

public sealed class ValueColumnTests
{
    [FsCheck.NUnit.Property(MaxTest = 1000, Arbitrary = [typeof(AnyColumns)])]
    public bool Decode_AnyColumn_ReturnsTheSameBits(ValueColumn column) =>
        Encoded.Bits(Encoded.Of(column.Values).Decode()!).SequenceEqual(Encoded.Bits(column.Values));

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(AnyColumns)])]
    public bool Decode_CodebooksOfOtherColumns_ReturnsTheSameBits(ValueColumn column, ValueColumn trained) =>
        Encoded.Bits(Encoded.With(Encoded.Train(trained.Values), column.Values).Decode()!).SequenceEqual(Encoded.Bits(column.Values));

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(AnyColumns)])]
    public bool Encode_AnyColumnWithoutCodebooks_IsHardlyLongerThanItsBytes(ValueColumn column) =>
        Encoded.With(CodebookSet.Empty, column.Values).Payload.Length <= (column.Values.Length * 8 * 1.06) + 40;

    private static IEnumerable<TestCaseData> Shapes()
    {
        Random random = new(5);
        yield return Shape("constant", ChunkCodec.Arithmetic, _ => 42.5);
        yield return Shape("constant full precision", ChunkCodec.Arithmetic, _ => Math.PI);
        yield return Shape("constant staleness", ChunkCodec.Arithmetic, _ => StalenessMarker.Value);
        yield return Shape("equal steps", ChunkCodec.Arithmetic, i => 3 * i);
        yield return Shape("equal steps but one stale", ChunkCodec.Arithmetic, i => i == 700 ? StalenessMarker.Value : 5);
        yield return Shape("rare steps", ChunkCodec.Runs, i => 1 + (i / 100));
        yield return Shape("rare steps of full precision", ChunkCodec.Runs, i => Math.PI * (i / 100));
        yield return Shape("small steps", ChunkCodec.DecimalHuffman, i => (i * 7 % 5) + (i * 3 % 7));
        yield return Shape("negative zero", ChunkCodec.Arithmetic, _ => -0.0);
        yield return Shape("full precision, each a few times", ChunkCodec.SplitDoubles, i => Math.Sin(i / 3));
        yield return Shape("wide decimals", ChunkCodec.DecimalFrames, _ => random.Next(1_000_003) / 100.0);
    }

    [TestCaseSource(nameof(Shapes))]
    public void Encode_EachShape_TakesItsCodec(double[] values, ChunkCodec expected)
    {
        Encoded encoded = Encoded.Of(values);

        Assert.That(encoded.Codec, Is.EqualTo(expected));
        Assert.That(Encoded.Bits(encoded.Decode()!), Is.EqualTo(Encoded.Bits(values)));
    }

    [Test]
    public void Encode_Pages_TakesTheCommonDivisorOut()
    {
        double[] pages = [.. Enumerable.Range(0, 2000).Select(i => 1_000_003 + (4096.0 * (i * 7919 % 11)))];
        double[] steps = [.. Enumerable.Range(0, 2000).Select(i => (double)(i * 7919 % 11))];

        Assert.That(Encoded.Of(pages).Payload, Has.Length.LessThanOrEqualTo(Encoded.Of(steps).Payload.Length + 8));
    }

    [Test]
    public void Encode_StalenessAmongDecimals_TakesAFewBytes()
    {
        double[] values = [.. Enumerable.Range(0, 500).Select(i => (double)(i * 7919 % 11))];
        int before = Encoded.Of(values).Payload.Length;
        values[499] = StalenessMarker.Value;

        Assert.That(Encoded.Of(values).Payload, Has.Length.LessThanOrEqualTo(before + 6));
    }

    [Test]
    public void Encode_NoValues_IsRefused() =>
        Assert.That(() => new ValueColumnEncoder(CodebookSet.Empty).Encode([], new byte[1000], out _), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void Encode_DestinationTooShort_IsRefused() =>
        Assert.That(() => new ValueColumnEncoder(CodebookSet.Empty).Encode(new double[9], new byte[9], out _), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void Encode_ManyColumns_AllocatesNothingMore()
    {
        double[] values = [.. Enumerable.Range(0, 2000).Select(i => (double)(i * 7919 % 11))];
        var encoder = new ValueColumnEncoder(Encoded.Train(values));
        byte[] buffer = new byte[ValueColumnEncoder.MaxLengthOf(values.Length)];
        encoder.Encode(values, buffer, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 10; i++)
        {
            encoder.Encode(values, buffer, out _);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static TestCaseData Shape(string name, ChunkCodec codec, Func<int, double> value) =>
        new TestCaseData(Enumerable.Range(0, 2100).Select(value).ToArray(), codec).SetArgDisplayNames(name);
}
