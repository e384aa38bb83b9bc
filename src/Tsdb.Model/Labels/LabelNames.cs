namespace Tsdb.Model.Labels;

/// <summary>Label names with a meaning of their own, as UTF-8.</summary>
public static class LabelNames
{
    /// <summary>The label that holds a series' metric name.</summary>
    public static ReadOnlySpan<byte> MetricNameUtf8 => "__name__"u8;

    /// <summary>The label that holds a series' metric name.</summary>
    public const string MetricName = "__name__";

    /// <summary>The label that holds the upper bound of a classic histogram's bucket.</summary>
    public const string BucketUpperBound = "le";
}
