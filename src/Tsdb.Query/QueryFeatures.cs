namespace Tsdb.Query;

/// <summary>Which parts of PromQL that Prometheus hides behind feature flags are on. All may change from run to run: nothing is stored by them.</summary>
public sealed record QueryFeatures
{
    /// <summary>What a server has unless told otherwise.</summary>
    public static QueryFeatures Default { get; } = new();

    /// <summary>Functions and aggregations Prometheus calls experimental, such as <c>info</c> and <c>limitk</c>. Default on.</summary>
    public bool ExperimentalFunctions { get; init; } = true;

    /// <summary>Arithmetic in durations, <c>[step() * 2]</c>. Default on.</summary>
    public bool DurationExpressions { get; init; } = true;

    /// <summary>The modifiers <c>anchored</c> and <c>smoothed</c>. Default on.</summary>
    public bool ExtendedRangeSelectors { get; init; } = true;

    /// <summary>The modifiers <c>fill</c>, <c>fill_left</c> and <c>fill_right</c>. Default on.</summary>
    public bool FillModifiers { get; init; } = true;

    /// <summary>
    /// Functions and operators that drop the metric name leave it in place until the end of the query, so that an outer <c>label_replace</c> or
    /// <c>sum by (__name__)</c> still sees it. Default off.
    /// </summary>
    public bool DelayedNameRemoval { get; init; }

    /// <summary><c>rate</c>, <c>increase</c>, <c>irate</c> and <c>resets</c> use stored start timestamps; <c>start_timestamp</c> gives them. Default off.</summary>
    public bool StartTimestamps { get; init; }
}
