using FsCheck;
using Tsdb.Encoding.Gorilla;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;

namespace Tsdb.Encoding.Tests.Gorilla;

public sealed class GorillaRoundTripTests
{
    private const double AnyValue = 1.5;

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(AnySamples)])]
    public bool Decode_AnyAscendingSamples_ReturnsTheSameBits(AscendingSamples samples) =>
        EncodedChunk.Of(samples.Samples).Decode()!.SequenceEqual(samples.Samples);

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(AnySamples)])]
    public bool Decode_FirstSamplesOfALongerChunk_ReturnsExactlyThose(AscendingSamples samples, PositiveInt published)
    {
        int count = Math.Min(published.Get, samples.Samples.Count);
        EncodedChunk chunk = EncodedChunk.Of(samples.Samples);
        return EncodedChunk.Decode(chunk.Memory, chunk.Unit, count)!.SequenceEqual(samples.Samples.Take(count));
    }

    [FsCheck.NUnit.Property(MaxTest = 200, Arbitrary = [typeof(AnySamples)])]
    public bool TryAppend_EachSample_LeavesEarlierPrefixesReadable(AscendingSamples samples)
    {
        TimeUnit unit = EncodedChunk.Of(samples.Samples).Unit;
        EncodedChunk chunk = EncodedChunk.Start(unit, samples.Samples[0], samples.Samples.Count);
        foreach (Sample sample in samples.Samples.Skip(1))
        {
            chunk.TryAppend(sample);
            int earlier = (chunk.Count + 1) / 2;
            if (!EncodedChunk.Decode(chunk.Memory, unit, earlier)!.SequenceEqual(samples.Samples.Take(earlier)))
            {
                return false;
            }
        }

        return true;
    }

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(AnySamples)])]
    public bool State_AfterAppending_KnowsTheLastSampleAndLength(AscendingSamples samples)
    {
        EncodedChunk chunk = EncodedChunk.Of(samples.Samples);
        return samples.Samples[^1].Equals(new Sample(chunk.State.LastTimestampNs, chunk.State.LastValue))
            && EncodedChunk.Decode(chunk.Payload.AsSpan()[..^1], chunk.Unit, chunk.Count) is null;
    }

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(AnySamples)])]
    public bool TryResume_AfterAnySamples_GivesTheStateThatAppendingLeft(AscendingSamples samples, PositiveInt published)
    {
        int count = Math.Min(published.Get, samples.Samples.Count);
        EncodedChunk whole = EncodedChunk.Of(samples.Samples);
        EncodedChunk chunk = EncodedChunk.Start(whole.Unit, samples.Samples[0], samples.Samples.Count);
        foreach (Sample sample in samples.Samples.Take(count).Skip(1))
        {
            chunk.TryAppend(sample);
        }

        // Of a chunk that has gone on since, too: the bits after the samples do not count.
        return GorillaResumer.TryResume(whole.Payload, whole.Unit, count, out GorillaState resumed) && resumed.Equals(chunk.State);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool TryResume_AnyBytes_NeverThrows(byte[] bytes, byte count)
    {
        GorillaResumer.TryResume(bytes, TimeUnit.Milliseconds, count, out _);
        return true;
    }

    private static IEnumerable<TestCaseData> DeltaBounds()
    {
        for (int bits = 7; bits <= 49; bits += 7)
        {
            long bound = 1L << (bits - 1);
            foreach (long deltaOfDelta in (long[])[bound - 1, bound, -bound, -bound - 1])
            {
                yield return new TestCaseData(deltaOfDelta);
            }
        }
    }

    [TestCaseSource(nameof(DeltaBounds))]
    public void Decode_DeltaAtTheBoundOfACode_ReturnsIt(long deltaOfDelta)
    {
        long step = 1L << 50;
        Sample[] samples = [new(0, AnyValue), new(step, AnyValue), new((2 * step) + deltaOfDelta, AnyValue)];
        Assert.That(EncodedChunk.Of(samples).Decode(), Is.EqualTo(samples));
    }

    [Test]
    public void Decode_RunOfAnyLengthThenAChange_ReturnsBoth()
    {
        for (int run = 1; run <= 90; run++)
        {
            List<Sample> samples = [.. Enumerable.Range(0, run).Select(i => new Sample(i * Timestamps.NsPerSecond, AnyValue))];
            samples.Add(new(run * Timestamps.NsPerSecond, -AnyValue));
            samples.Add(new((run + 7) * Timestamps.NsPerSecond, -AnyValue));
            Assert.That(EncodedChunk.Of(samples).Decode(), Is.EqualTo(samples), $"a run of {run}");
        }
    }

    private static readonly long[][] Extremes =
    [
        [long.MinValue, long.MaxValue],
        [long.MinValue, long.MinValue + 1, long.MaxValue],
        [long.MinValue, long.MaxValue - 1, long.MaxValue],
        [long.MinValue, -1, 0, 1, long.MaxValue],
        [long.MinValue, 0, long.MaxValue],
    ];

    [TestCaseSource(nameof(Extremes))]
    public void Decode_ExtremesOfTime_ReturnsThem(params long[] timestampsNs)
    {
        Sample[] samples = [.. timestampsNs.Select(timestampNs => new Sample(timestampNs, AnyValue))];
        Assert.That(EncodedChunk.Of(samples).Decode(), Is.EqualTo(samples));
    }

    [Test]
    public void Decode_EveryWindow_ReturnsTheValues()
    {
        List<Sample> samples = [new(0, 0)];
        for (int leading = 0; leading < 64; leading++)
        {
            for (int trailing = 0; leading + trailing < 64; trailing++)
            {
                ulong bits = ulong.MaxValue << trailing << leading >> leading;
                samples.Add(new(samples.Count, BitConverter.UInt64BitsToDouble(bits)));
                samples.Add(new(samples.Count, 0)); // the same window again
            }
        }

        Assert.That(EncodedChunk.Of(samples).Decode(), Is.EqualTo(samples));
    }
}
