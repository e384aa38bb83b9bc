using FsCheck;
using FsCheck.Fluent;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;

namespace Tsdb.Encoding.Tests.Gorilla;

/// <summary>Samples of one series, timestamps strictly ascending: what a chunk may be given.</summary>
public sealed record AscendingSamples(IReadOnlyList<Sample> Samples)
{
    public override string ToString() =>
        string.Join(' ', Samples.Select(sample => $"({sample.TimestampNs}, 0x{BitConverter.DoubleToUInt64Bits(sample.Value):X16})"));
}

/// <summary>Generates samples of every unit: steady and jittering steps, gaps, the ends of the range; counters, repeats, any bits at all.</summary>
public static class AnySamples
{
    private static readonly double[] Peculiar =
    [
        0.0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, double.MinValue, StalenessMarker.Value,
        BitConverter.UInt64BitsToDouble(0xFFF8_DEAD_BEEF_0001), BitConverter.UInt64BitsToDouble(ulong.MaxValue), BitConverter.UInt64BitsToDouble(1),
    ];

    public static Arbitrary<AscendingSamples> AscendingSamples()
    {
        Gen<AscendingSamples> generator =
            from count in Gen.Choose(1, 150)
            from timestampsNs in Ascending(count)
            from values in Values(count)
            select new AscendingSamples([.. timestampsNs.Zip(values, (timestampNs, value) => new Sample(timestampNs, value))]);
        return Arb.From(generator, Shrink);
    }

    private static IEnumerable<AscendingSamples> Shrink(AscendingSamples all)
    {
        IReadOnlyList<Sample> samples = all.Samples;
        for (int part = samples.Count / 2; part >= 1; part /= 2)
        {
            for (int at = 0; at + part <= samples.Count && part < samples.Count; at += part)
            {
                yield return new AscendingSamples([.. samples.Take(at), .. samples.Skip(at + part)]);
            }
        }
    }

    private static Gen<long[]> Ascending(int count)
    {
        Gen<long[]> regular =
            from unit in Gen.Elements(TimeUnit.Nanoseconds, TimeUnit.Microseconds, TimeUnit.Milliseconds, TimeUnit.Seconds)
            from first in Gen.Choose(-2_000_000_000, 2_000_000_000)
            from step in Gen.Choose(1, 60_000)
            from jitters in Gen.Frequency((6, Gen.Constant(0)), (2, Gen.Choose(0, 100)), (1, Gen.Choose(0, int.MaxValue / 4))).ArrayOf(count)
            select Steps(first, step, jitters, Timestamps.NsPer(unit));
        Gen<long[]> anywhere =
            from timestampsNs in Gen.OneOf(Bits.Select(bits => (long)bits), Gen.Elements(long.MinValue, long.MaxValue, -1L, 0L, 1L)).ArrayOf(count)
            select Distinct(timestampsNs, count);
        return Gen.OneOf(regular, anywhere);
    }

    private static long[] Steps(long first, int step, int[] jitters, long nsPerUnit)
    {
        Int128 timestampNs = (Int128)first * nsPerUnit;
        long[] all = new long[jitters.Length];
        for (int i = 0; i < all.Length; i++)
        {
            timestampNs += (Int128)(step + (long)jitters[i]) * nsPerUnit;
            all[i] = timestampNs <= long.MaxValue - (all.Length - i) ? (long)timestampNs : long.MaxValue - (all.Length - i);
        }

        return Distinct(all, all.Length);
    }

    /// <summary>Sorts, and makes up for what was there twice near zero.</summary>
    private static long[] Distinct(long[] timestampsNs, int count)
    {
        SortedSet<long> distinct = [.. timestampsNs];
        for (long next = 0; distinct.Count < count; next++)
        {
            distinct.Add(next);
        }

        return [.. distinct];
    }

    private static Gen<ulong> Bits =>
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        select ((ulong)(uint)high << 32) | (uint)low;

    private static Gen<double[]> Values(int count)
    {
        Gen<double> any = Bits.Select(BitConverter.UInt64BitsToDouble);
        Gen<double> whole = Gen.Choose(-1000, 1000).Select(value => (double)value);
        Gen<double[]> counter = Gen.Choose(0, 5).ArrayOf(count).Select(steps => steps.Select((_, i) => (double)steps.Take(i).Sum()).ToArray());
        Gen<double[]> mixed = Gen.Frequency((3, whole), (1, any), (1, Gen.Elements(Peculiar)), (3, Gen.Constant(7.25))).ArrayOf(count);
        Gen<double[]> runs = Gen.Frequency((60, Gen.Constant(1.0)), (1, any)).ArrayOf(count);
        return Gen.OneOf(counter, mixed, runs, any.ArrayOf(count));
    }
}
