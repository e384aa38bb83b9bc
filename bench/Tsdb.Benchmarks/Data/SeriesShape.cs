namespace Tsdb.Benchmarks.Data;

/// <summary>Kinds of series that benchmarks measure with; see <see cref="SeriesColumns"/> for how each is made.</summary>
public enum SeriesShape
{
    /// <summary>One value, every 10 s.</summary>
    Constant,

    /// <summary>0 for long stretches, now and then one more, scraped every 15 s with a little jitter.</summary>
    Sparse,

    /// <summary>A percentage that walks by a normal step and is cut to an integer, every 10 s: the columns of the TSBS cpu data set.</summary>
    TsbsInteger,

    /// <summary>A counter of some 10,000 per scrape, scraped every 15 s with a little jitter.</summary>
    Counter,

    /// <summary>A measurement of two decimals, scraped every 15 s with a little jitter.</summary>
    Gauge,

    /// <summary>A ratio of full precision, written every 10 s at whatever nanosecond it is.</summary>
    FullPrecision,
}
