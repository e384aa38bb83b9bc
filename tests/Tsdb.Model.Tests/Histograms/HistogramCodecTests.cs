using Tsdb.Model.Histograms;
using Tsdb.Model.Samples;

namespace Tsdb.Model.Tests.Histograms;

public sealed class HistogramCodecTests
{
    // The example of docs/formats.md#histogram: changes only with the format's version.
    private const string GoldenInteger = "02 06 0000000000000038 0000000000002940 0c 01 02 00 02 02 01 02 04 01 01 01 01 06";

    [Test]
    public void Encode_TheDocumentedExample_GivesTheDocumentedBytes() =>
        Assert.That(Convert.ToHexString(HistogramCodec.Encode(Example())), Is.EqualTo(GoldenInteger.Replace(" ", "", StringComparison.Ordinal)).IgnoreCase);

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void RoundTrip_AnyIntegers_GivesTheSame(int schema, byte hint, double sum, double threshold, (int, byte)[] spans, double[] bounds, ulong seed)
    {
        HistogramSpan[] positive = [.. spans.Select(span => new HistogramSpan(span.Item1, (uint)span.Item2 % 5))];
        HistogramSpan[] negative = [.. positive.Reverse()];
        var histogram = new IntegerHistogram
        {
            Schema = schema,
            ResetHint = (CounterResetHint)(hint % 4),
            ZeroThreshold = threshold,
            Sum = sum,
            Count = seed,
            ZeroCount = ~seed,
            PositiveSpans = positive,
            PositiveCounts = CountsOf(positive, seed),
            NegativeSpans = negative,
            NegativeCounts = CountsOf(negative, ~seed),
            CustomBounds = bounds,
        };

        AssertRoundTrip(histogram);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void RoundTrip_AnyFloats_GivesTheSame(int schema, byte hint, double sum, double threshold, double[] positive, double[] negative, double[] bounds)
    {
        var histogram = new FloatHistogram
        {
            Schema = schema,
            ResetHint = (CounterResetHint)(hint % 4),
            ZeroThreshold = threshold,
            Sum = sum,
            Count = threshold,
            ZeroCount = sum,
            PositiveSpans = new[] { new HistogramSpan(-3, (uint)positive.Length) },
            PositiveCounts = positive,
            NegativeSpans = new[] { new HistogramSpan(5, 0), new HistogramSpan(1, (uint)negative.Length) },
            NegativeCounts = negative,
            CustomBounds = bounds,
        };

        AssertRoundTrip(histogram);
    }

    [TestCase(StalenessMarker.Bits, true)]
    [TestCase(0x7ff8000000000001UL, false)]
    [TestCase(0x8000000000000000UL, false)]
    public void RoundTrip_SpecialSum_KeepsItsBits(ulong bits, bool isStalenessMarker)
    {
        var histogram = new IntegerHistogram { Schema = 0, Count = 0, Sum = BitConverter.UInt64BitsToDouble(bits) };

        AssertRoundTrip(histogram);
        Assert.That(histogram.IsStalenessMarker, Is.EqualTo(isStalenessMarker));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void TryRead_AnyBytes_RefusesOrReadsWhatIsWrittenAgainAlike(byte[] bytes, byte flags)
    {
        byte[] source = [(byte)(flags % 16), .. bytes];
        if (HistogramCodec.TryRead(source, out NativeHistogram? histogram))
        {
            AssertRoundTrip(histogram);
        }
    }

    [Test]
    public void TryRead_EveryCutOrLongerForm_IsRefused()
    {
        byte[] encoded = HistogramCodec.Encode(Example());

        for (int length = 0; length < encoded.Length; length++)
        {
            Assert.That(HistogramCodec.TryRead(encoded.AsSpan(0, length), out _), Is.False, $"cut to {length} bytes");
        }

        Assert.That(HistogramCodec.TryRead([.. encoded, 0], out _), Is.False, "a byte too many");
    }

    [Test]
    public void TryRead_SpansOfMoreBucketsThanBytes_IsRefusedWithoutRoomForThem()
    {
        byte[] hostile = [0, 0, .. new byte[16], 0, 0, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0];
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.That(HistogramCodec.TryRead(hostile, out _), Is.False);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(100_000));
    }

    [Test]
    public void Encode_CountsThatDoNotFitTheSpans_Throws() => Assert.That(
        () => HistogramCodec.Encode(new FloatHistogram { Schema = 0, Count = 1, PositiveSpans = new[] { new HistogramSpan(0, 2) }, PositiveCounts = new double[1] }),
        Throws.ArgumentException.With.Message.Contains("2 buckets; 1 counts"));

    [Test]
    public void Encode_MoreBucketsThanTheLimit_Throws() => Assert.That(
        () => HistogramCodec.Encode(new FloatHistogram
        {
            Schema = NativeHistogram.CustomBucketsSchema,
            Count = 1,
            PositiveSpans = new[] { new HistogramSpan(0, 200_000) },
            PositiveCounts = new double[200_000],
        }),
        Throws.ArgumentException.With.Message.Contains("the limit is 1048576"));

    [Test]
    public void ToFloat_Integers_KeepsEveryCount()
    {
        FloatHistogram floats = Example().ToFloat();

        Assert.That(floats.Count, Is.EqualTo(12));
        Assert.That(floats.PositiveCounts.ToArray(), Is.EqualTo(new double[] { 1, 3, 2 }));
        Assert.That(floats.NegativeCounts.ToArray(), Is.EqualTo(new double[] { 3 }));
        Assert.That(floats.PositiveSpans.ToArray(), Is.EqualTo(Example().PositiveSpans.ToArray()));
        Assert.That(floats.Equals(Example()), Is.False, "kinds differ");
    }

    internal static IntegerHistogram Example() => new()
    {
        Schema = 3,
        ResetHint = CounterResetHint.Reset,
        ZeroThreshold = BitConverter.UInt64BitsToDouble(0x3800000000000000), // 2^-127
        Sum = 12.5,
        Count = 12,
        ZeroCount = 1,
        PositiveSpans = new[] { new HistogramSpan(0, 2), new HistogramSpan(1, 1) },
        PositiveCounts = new ulong[] { 1, 3, 2 },
        NegativeSpans = new[] { new HistogramSpan(-1, 1) },
        NegativeCounts = new ulong[] { 3 },
    };

    private static ulong[] CountsOf(HistogramSpan[] spans, ulong seed) =>
        [.. Enumerable.Range(0, spans.Sum(span => (int)span.Length)).Select(i => unchecked(seed * (ulong)(i + 1)))];

    private static void AssertRoundTrip(NativeHistogram histogram)
    {
        byte[] encoded = HistogramCodec.Encode(histogram);

        Assert.That(HistogramCodec.TryRead(encoded, out NativeHistogram? read), Is.True);
        Assert.That(read, Is.EqualTo(histogram));
        Assert.That(HistogramCodec.Encode(read!), Is.EqualTo(encoded));
    }
}
