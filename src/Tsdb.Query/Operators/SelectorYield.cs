namespace Tsdb.Query.Operators;

/// <summary>What an instant selector gives of the sample it picks.</summary>
internal enum SelectorYield
{
    /// <summary>Its value.</summary>
    Values,

    /// <summary>Its timestamp in seconds: <c>timestamp(selector)</c>.</summary>
    Timestamps,

    /// <summary>Its start timestamp in seconds, 0 when that is unknown: <c>start_timestamp(selector)</c>.</summary>
    StartTimestamps,
}
