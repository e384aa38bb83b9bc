using Tsdb.Model.Time;

namespace Tsdb.Benchmarks.Data;

/// <summary>The samples of one made-up series. The same shape and seed give the same samples.</summary>
public sealed class SeriesColumns
{
    private const long StartNs = 1_700_000_000 * Timestamps.NsPerSecond;

    private SeriesColumns(long[] timestampsNs, double[] values)
    {
        TimestampsNs = timestampsNs;
        Values = values;
    }

    /// <summary>Timestamps, ascending.</summary>
    public long[] TimestampsNs { get; }

    /// <summary>Values, as many.</summary>
    public double[] Values { get; }

    /// <summary>Makes <paramref name="count"/> samples of a series.</summary>
    public static SeriesColumns Create(SeriesShape shape, int count, int seed)
    {
        Random random = new(seed);
        long[] timestampsNs = new long[count];
        double[] values = new double[count];
        double value = random.Next(0, 101);
        long timestampNs = StartNs;
        for (int i = 0; i < count; i++)
        {
            timestampNs += StepNs(shape, random);
            value = Next(shape, value, random);
            timestampsNs[i] = timestampNs;
            values[i] = shape == SeriesShape.TsbsInteger ? Math.Truncate(value) : value;
        }

        return new SeriesColumns(timestampsNs, values);
    }

    private static long StepNs(SeriesShape shape, Random random) => shape switch
    {
        SeriesShape.Constant or SeriesShape.TsbsInteger => 10 * Timestamps.NsPerSecond,
        SeriesShape.FullPrecision => (10 * Timestamps.NsPerSecond) + random.Next(-50_000, 50_000),
        _ => (15 * Timestamps.NsPerSecond) + (random.Next(6) == 0 ? random.Next(-2, 3) * Timestamps.NsPerMillisecond : 0),
    };

    private static double Next(SeriesShape shape, double value, Random random) => shape switch
    {
        SeriesShape.Constant => value,
        SeriesShape.Sparse => value + (random.Next(50) == 0 ? 1 : 0),
        SeriesShape.TsbsInteger => Math.Clamp(value + Normal(random), 0, 100),
        SeriesShape.Counter => value + random.Next(9_000, 11_000),
        SeriesShape.Gauge => Math.Round(value + (0.5 * Normal(random)), 2),
        _ => value + (0.5 * Normal(random)),
    };

    /// <summary>A normally distributed step (Box and Muller).</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
