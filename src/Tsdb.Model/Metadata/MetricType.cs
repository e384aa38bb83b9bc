namespace Tsdb.Model.Metadata;

/// <summary>What kind of metric a family is. The numbers are part of the file formats and are those of remote write's messages.</summary>
public enum MetricType : byte
{
    /// <summary>The sender did not say.</summary>
    Unknown = 0,

    /// <summary>Only goes up, or starts again from zero.</summary>
    Counter = 1,

    /// <summary>Goes up and down.</summary>
    Gauge = 2,

    /// <summary>Counts observations by size.</summary>
    Histogram = 3,

    /// <summary>A histogram whose counts go up and down.</summary>
    GaugeHistogram = 4,

    /// <summary>Quantiles computed by the sender.</summary>
    Summary = 5,

    /// <summary>Labels that describe something; the value is 1.</summary>
    Info = 6,

    /// <summary>One series for each state, 1 for those that hold.</summary>
    StateSet = 7,
}
