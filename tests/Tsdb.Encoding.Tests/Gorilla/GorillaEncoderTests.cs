using Tsdb.Encoding.Gorilla;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;

namespace Tsdb.Encoding.Tests.Gorilla;

public sealed class GorillaEncoderTests
{
    [TestCase(0, ExpectedResult = TimeUnit.Seconds)]
    [TestCase(1_700_000_000_000_000_000, ExpectedResult = TimeUnit.Seconds)]
    [TestCase(1_700_000_000_001_000_000, ExpectedResult = TimeUnit.Milliseconds)]
    [TestCase(-1_700_000_000_000_001_000, ExpectedResult = TimeUnit.Microseconds)]
    [TestCase(1, ExpectedResult = TimeUnit.Nanoseconds)]
    [TestCase(long.MinValue, ExpectedResult = TimeUnit.Nanoseconds)]
    public TimeUnit CoarsestUnit_AnyTimestamp_DividesIt(long timestampNs) => GorillaEncoder.CoarsestUnit(timestampNs);

    [Test]
    public void CoarsestUnit_WithALimit_IsNoCoarser() =>
        Assert.That(GorillaEncoder.CoarsestUnit(5_000_000_000, TimeUnit.Milliseconds), Is.EqualTo(TimeUnit.Milliseconds));

    [TestCase(TimeUnit.Seconds, 1_000_000_000, 1_500_000_000)]
    [TestCase(TimeUnit.Milliseconds, 1_000_000, 1_000_001)]
    [TestCase(TimeUnit.Microseconds, -1_000, -999)]
    public void TryAppend_TimestampFinerThanTheUnit_ClosesTheChunk(TimeUnit unit, long firstNs, long nextNs)
    {
        EncodedChunk chunk = EncodedChunk.Start(unit, new(firstNs, 1), capacity: 2);
        byte[] before = chunk.Payload;

        Assert.That(chunk.TryAppend(new(nextNs, 2)), Is.EqualTo(GorillaStatus.UnitTooCoarse));
        Assert.That(chunk.Payload, Is.EqualTo(before));
    }

    [TestCase(2, 1)]
    [TestCase(3, 1)]
    [TestCase(64, 31)]
    public void TryAppend_NoSpaceLeft_SaysSoAndKeepsTheChunk(int words, int expectedCount)
    {
        EncodedChunk chunk = EncodedChunk.WithWords(words, TimeUnit.Nanoseconds, new(0, 1));
        Random random = new(7);
        List<Sample> samples = [new(0, 1)];
        while (true)
        {
            Sample next = new(samples[^1].TimestampNs + random.NextInt64(1, 1L << 57), random.NextDouble());
            GorillaStatus status = chunk.TryAppend(next);
            if (status != GorillaStatus.Appended)
            {
                Assert.That(status, Is.EqualTo(GorillaStatus.NoSpace));
                break;
            }

            samples.Add(next);
        }

        Assert.That(chunk.Decode(), Is.EqualTo(samples));
        Assert.That(samples, Has.Count.EqualTo(expectedCount));
    }

    [Test]
    public void TryAppend_AfterNoSpace_StillTakesASampleThatFits()
    {
        EncodedChunk chunk = EncodedChunk.WithWords(3, TimeUnit.Nanoseconds, new(0, 1));
        Assert.That(chunk.TryAppend(new(1L << 60, Math.PI)), Is.EqualTo(GorillaStatus.NoSpace));
        Assert.That(chunk.TryAppend(new(1, 1)), Is.EqualTo(GorillaStatus.Appended));
        Assert.That(chunk.Decode(), Is.EqualTo(new Sample[] { new(0, 1), new(1, 1) }));
    }

    [Test]
    public void Start_TooFewWords_IsRefused() =>
        Assert.That(() => EncodedChunk.WithWords(1, TimeUnit.Seconds, new(0, 1)), Throws.ArgumentException);

    [Test]
    public void Start_TimestampFinerThanTheUnit_IsRefused() =>
        Assert.That(() => EncodedChunk.Start(TimeUnit.Seconds, new(1, 1)), Throws.ArgumentException);

    [Test]
    public void Start_UnknownUnit_IsRefused() =>
        Assert.That(() => EncodedChunk.Start((TimeUnit)4, new(0, 1)), Throws.ArgumentException);

    [Test]
    public unsafe void GorillaState_Size_FitsTheSeriesCacheLine() => Assert.That(sizeof(GorillaState), Is.LessThanOrEqualTo(40));

    [Test]
    public void TryAppend_ManySamples_AllocatesNothing()
    {
        ulong[] words = new ulong[4096];
        GorillaState state = default;
        GorillaEncoder.Start(ref state, words, TimeUnit.Seconds, 0, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 1; i < 1000; i++)
        {
            GorillaEncoder.TryAppend(ref state, words, i * Timestamps.NsPerSecond, i);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
