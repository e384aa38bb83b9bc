using Google.Protobuf;
using Tsdb.Ingest.RemoteWrite;
using Tsdb.Ingest.Tests.Testing;
using Tsdb.Model.Histograms;
using Tsdb.Testing.RemoteWrite;
using V1 = Tsdb.Testing.RemoteWrite.V1;
using V2 = Tsdb.Testing.RemoteWrite.V2;

namespace Tsdb.Ingest.Tests.RemoteWrite;

public sealed class HistogramMessageTests
{
    private static readonly HistogramSpan[] Spans = [new(-2, 3), new(2, 2)];

    private static IntegerHistogram Integer => new()
    {
        Schema = 3,
        ResetHint = CounterResetHint.NotReset,
        ZeroThreshold = 1e-128,
        Sum = 18.5,
        Count = 27,
        ZeroCount = 1,
        PositiveSpans = Spans,
        PositiveCounts = new ulong[] { 1, 3, 4, 7, 8 },
        NegativeSpans = new HistogramSpan[] { new(0, 2) },
        NegativeCounts = new ulong[] { 1, 2 },
    };

    private static FloatHistogram Float => new()
    {
        Schema = -53,
        ResetHint = CounterResetHint.Gauge,
        Sum = double.NegativeInfinity,
        Count = 7.5,
        ZeroCount = 0.5,
        PositiveSpans = Spans,
        PositiveCounts = new[] { 1.5, 3, 4, -0.0, double.NaN },
        CustomBounds = new[] { 0.1, 0.5, 1, 2.5, 5, 10 },
    };

    private static IEnumerable<TestCaseData> Bad =>
    [
        Case("another number of buckets", histogram => histogram.PositiveDeltas.Add(1), "too many counts"),
        Case("another number of buckets", histogram => histogram.NegativeSpans.Clear(), "no spans"),
        Case("overlap", histogram => histogram.PositiveSpans[1].Offset = -1, "overlapping spans"),
        Case("do not add up", histogram => histogram.CountInt++, "wrong count"),
        Case("less than nothing", histogram => histogram.NegativeDeltas[1] = -5, "negative bucket"),
        Case("retention period", histogram => histogram.Timestamp = -2, "too old"),
        Case("more than 100,000", histogram => histogram.CustomValues.AddRange(new double[100_000]), "too large"),
    ];

    [Test]
    public void Write_IntegerHistogram_IsKeptBitForBit([Values] RemoteWriteVersion version)
    {
        var message = new V2.Histogram
        {
            CountInt = 27,
            Sum = 18.5,
            Schema = 3,
            ZeroThreshold = 1e-128,
            ZeroCountInt = 1,
            PositiveSpans = { new V2.BucketSpan { Offset = -2, Length = 3 }, new V2.BucketSpan { Offset = 2, Length = 2 } },
            PositiveDeltas = { 1, 2, 1, 3, 1 },
            NegativeSpans = { new V2.BucketSpan { Offset = 0, Length = 2 } },
            NegativeDeltas = { 1, 1 },
            ResetHint = V2.Histogram.Types.ResetHint.No,
            Timestamp = 5,
        };
        AssertKept(message, version, Integer);
    }

    [Test]
    public void Write_FloatHistogram_IsKeptBitForBit([Values] RemoteWriteVersion version)
    {
        var message = new V2.Histogram
        {
            CountFloat = 7.5,
            Sum = double.NegativeInfinity,
            Schema = -53,
            ZeroCountFloat = 0.5,
            PositiveSpans = { new V2.BucketSpan { Offset = -2, Length = 3 }, new V2.BucketSpan { Offset = 2, Length = 2 } },
            PositiveCounts = { 1.5, 3, 4, -0.0, double.NaN },
            ResetHint = V2.Histogram.Types.ResetHint.Gauge,
            Timestamp = 5,
            CustomValues = { 0.1, 0.5, 1, 2.5, 5, 10 },
        };
        AssertKept(message, version, Float);
    }

    [Test]
    public void Write_StalenessMarker_IsKept([Values] RemoteWriteVersion version)
    {
        double stale = BitConverter.Int64BitsToDouble(0x7ff0000000000002);
        var message = new V2.Histogram { CountInt = 0, Sum = stale, Timestamp = 5 };
        AssertKept(message, version, new IntegerHistogram { Schema = 0, Count = 0, Sum = stale });
    }

    [TestCaseSource(nameof(Bad))]
    public void Write_BadHistogram_IsRefusedAndTheFloatsWritten(string reason, V1.Histogram histogram)
    {
        using var fixture = new RemoteWriteFixture();
        fixture.Appender.OldestAcceptedTimestampNs = -1_000_000;
        V1Message message = new V1Message().Series(1, 1, ("__name__", "mixed"));
        message.Request.Timeseries[0].Histograms.Add(histogram);

        RemoteWriteReport report = fixture.WriteV1(message.Bytes);

        Assert.That(report.Errors.Single().Reason, Does.Contain(reason));
        Assert.That((report.WrittenSamples, report.WrittenHistograms, report.RefusedSamples), Is.EqualTo((1, 0, 1)));
        Assert.That(fixture.Appender.Histograms, Is.Empty);
    }

    [Test]
    public void Write_EveryTruncationAndFlippedBit_IsReadOrRefused()
    {
        using var fixture = new RemoteWriteFixture();
        V1Message message = new V1Message().Series([], ("__name__", "h"));
        message.Request.Timeseries[0].Histograms.Add(Good());
        byte[] whole = message.Bytes;
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] flipped = [.. whole];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            foreach (byte[] damaged in (byte[][])[whole[..(bit / 8)], flipped])
            {
                try
                {
                    fixture.WriteV1(damaged);
                }
                catch (MalformedMessageException)
                {
                }
            }
        }
    }

    private static TestCaseData Case(string reason, Action<V1.Histogram> spoil, string name)
    {
        V1.Histogram histogram = Good();
        spoil(histogram);
        return new TestCaseData(reason, histogram).SetArgDisplayNames(name);
    }

    private static V1.Histogram Good() => new()
    {
        CountInt = 6,
        Sum = 1,
        PositiveSpans = { new V1.BucketSpan { Offset = 0, Length = 1 }, new V1.BucketSpan { Offset = 1, Length = 1 } },
        PositiveDeltas = { 1, 1 },
        NegativeSpans = { new V1.BucketSpan { Offset = 0, Length = 2 } },
        NegativeDeltas = { 1, 1 },
        Timestamp = 1,
    };

    // Both versions have the same fields, so the bytes of one are the bytes of the other.
    private static void AssertKept(V2.Histogram histogram, RemoteWriteVersion version, NativeHistogram expected)
    {
        using var fixture = new RemoteWriteFixture();
        V1Message v1 = new V1Message().Series([], ("__name__", "h"));
        v1.Request.Timeseries[0].Histograms.Add(V1.Histogram.Parser.ParseFrom(histogram.ToByteArray()));
        V2Message v2 = new V2Message().Series([], ("__name__", "h"));
        v2.Request.Timeseries[0].Histograms.Add(histogram);

        RemoteWriteReport report = fixture.Write(version == RemoteWriteVersion.V1 ? v1.Bytes : v2.Bytes, version);

        Assert.That((report.IsComplete, report.WrittenSamples, report.WrittenHistograms), Is.EqualTo((true, 0, 1)));
        Assert.That(fixture.Appender.Histograms.Single().TimestampNs, Is.EqualTo(5_000_000));
        Assert.That(fixture.Appender.Histograms.Single().Histogram, Is.EqualTo(expected));
    }
}
