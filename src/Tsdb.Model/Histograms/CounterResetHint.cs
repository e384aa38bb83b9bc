namespace Tsdb.Model.Histograms;

/// <summary>What the writer of a histogram knew of counter resets before it. Part of the file formats and of remote write: values never change meaning.</summary>
public enum CounterResetHint : byte
{
    /// <summary>Nothing: compare with the histogram before.</summary>
    Unknown = 0,

    /// <summary>There was a reset between the histogram before and this one.</summary>
    Reset = 1,

    /// <summary>There was none.</summary>
    NotReset = 2,

    /// <summary>The histogram is a gauge: resets have no meaning.</summary>
    Gauge = 3,
}
