using FsCheck;
using FsCheck.Fluent;
using Tsdb.Model.Samples;

namespace Tsdb.Encoding.Tests.Columns;

/// <summary>Values of one chunk, of any shape.</summary>
public sealed record ValueColumn(double[] Values)
{
    public override string ToString() => string.Join(' ', Values.Select(value => value.ToString("R", null)));
}

/// <summary>Timestamps of one chunk, ascending or not.</summary>
public sealed record TimeColumn(long[] TimestampsNs)
{
    public override string ToString() => string.Join(' ', TimestampsNs);
}

/// <summary>Generates columns that suit each codec: constants, steps, walks, counters, decimals, noise; some with peculiar values in them.</summary>
public static class AnyColumns
{
    private static readonly double[] Peculiar =
    [
        -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, double.MinValue, StalenessMarker.Value,
        BitConverter.UInt64BitsToDouble(0xFFF8_DEAD_BEEF_0001), 1L << 53, (1L << 53) - 1, -(1L << 53), 1e22, 0.1 + 0.2, 9_223_372_036_854_775_808.0,
    ];

    public static Arbitrary<ValueColumn> ValueColumns()
    {
        Gen<ValueColumn> generator =
            from seed in Gen.Choose(0, int.MaxValue)
            from count in Gen.Frequency((6, Gen.Choose(1, 300)), (1, Gen.Choose(1000, 3000)))
            from shape in Gen.Choose(0, 9)
            from peculiarPercent in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(1, 4)), (1, Gen.Choose(5, 100)))
            select new ValueColumn(Make(new Random(seed), count, shape, peculiarPercent));
        return Arb.From(generator, column => Halves(column.Values).Select(values => new ValueColumn(values)));
    }

    public static Arbitrary<TimeColumn> TimeColumns()
    {
        Gen<TimeColumn> generator =
            from seed in Gen.Choose(0, int.MaxValue)
            from count in Gen.Frequency((6, Gen.Choose(1, 300)), (1, Gen.Choose(1000, 3000)))
            from shape in Gen.Choose(0, 4)
            select new TimeColumn(MakeTimes(new Random(seed), count, shape));
        return Arb.From(generator, column => Halves(column.TimestampsNs).Select(timestamps => new TimeColumn(timestamps)));
    }

    private static IEnumerable<T[]> Halves<T>(T[] all) =>
        all.Length < 2 ? [] : [all[..(all.Length / 2)], all[(all.Length / 2)..], all[..^1]];

    private static double[] Make(Random random, int count, int shape, int peculiarPercent)
    {
        double[] values = new double[count];
        double value = random.Next(-1000, 1000);
        double scale = Math.Pow(10, random.Next(0, 15));
        for (int i = 0; i < count; i++)
        {
            value = Next(random, value, shape, i);
            values[i] = shape is 3 or 4 ? Math.Round(value, shape) / (shape == 4 ? scale : 1) : value;
            values[i] = random.Next(100) < peculiarPercent ? Peculiar[random.Next(Peculiar.Length)] : values[i];
        }

        return values;
    }

    private static double Next(Random random, double value, int shape, int index) => shape switch
    {
        0 => value,
        1 => value + 7,
        2 => value + (random.Next(40) == 0 ? random.Next(-3, 4) : 0),
        3 or 4 => value + random.NextDouble() - 0.5,
        5 => value + random.Next(-3, 4),
        6 => random.Next(500) == 0 ? 0 : value + (4096.0 * random.Next(0, 1 << random.Next(1, 30))),
        7 => random.NextDouble() * (random.Next(2) == 0 ? 1 : -1),
        8 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
        _ => (index * (double)index) + random.Next(2),
    };

    private static long[] MakeTimes(Random random, int count, int shape)
    {
        long[] timestamps = new long[count];
        long unit = (long)Math.Pow(1000, random.Next(0, 4));
        long current = random.NextInt64(-2_000_000_000, 2_000_000_000) * unit;
        for (int i = 0; i < count; i++)
        {
            current += (15_000 + (random.Next(300) == 0 ? random.Next(100_000) : 0)) * unit;
            timestamps[i] = shape switch
            {
                0 or 1 => current,
                2 => current + (random.Next(0, 6) * unit),
                3 => current + random.NextInt64(1_000_000_000),
                _ => random.NextInt64(long.MinValue, long.MaxValue),
            };
        }

        return timestamps;
    }
}
