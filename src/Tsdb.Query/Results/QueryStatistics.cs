namespace Tsdb.Query.Results;

/// <summary>What a query cost.</summary>
public sealed class QueryStatistics
{
    /// <summary>Samples read from storage.</summary>
    public long SamplesRead { get; internal set; }

    /// <summary>Series read from storage; one read by two selectors counts twice.</summary>
    public long SeriesRead { get; internal set; }

    /// <summary>Most samples held in memory at one time.</summary>
    public long PeakSamples { get; internal set; }

    /// <summary>Most bytes of samples held in memory at one time.</summary>
    public long PeakBytes { get; internal set; }
}
