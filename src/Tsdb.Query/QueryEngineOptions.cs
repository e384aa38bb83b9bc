namespace Tsdb.Query;

/// <summary>The limits and defaults of a query engine. All may change from run to run: nothing is stored by them.</summary>
public sealed record QueryEngineOptions
{
    /// <summary>Most steps of a range query, and so most points of a result series. At least 1. Default 11,000: a week by the minute fits.</summary>
    public int MaxPointsPerSeries { get; init; } = 11_000;

    /// <summary>Most samples one query may hold in memory at a time, results included. At least 1. Default 50 million.</summary>
    public long MaxSamplesPerQuery { get; init; } = 50_000_000;

    /// <summary>Most bytes of samples one query may hold in memory at a time, results included. At least 1 MiB. Default 1 GiB.</summary>
    public long MaxBytesPerQuery { get; init; } = 1L << 30;

    /// <summary>How long a query may run; a request may ask for less. More than zero. Default 2 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How far back an instant selector looks for a sample, unless a request says otherwise. More than zero. Default 5 minutes.</summary>
    public TimeSpan Lookback { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The step of a subquery that names none, <c>x[1h:]</c>. More than zero. Default 1 minute.</summary>
    public TimeSpan DefaultSubqueryStep { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Which parts of the language are on.</summary>
    public QueryFeatures Features { get; init; } = QueryFeatures.Default;

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Features);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPointsPerSeries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSamplesPerQuery, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBytesPerQuery, 1 << 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(Timeout, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(Lookback, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(DefaultSubqueryStep, TimeSpan.FromMilliseconds(1));
    }
}
