namespace Tsdb.Model.Time;

/// <summary>A unit of timestamps. Part of the chunk format: values never change meaning.</summary>
public enum TimeUnit : byte
{
    /// <summary>10⁻⁹ s.</summary>
    Nanoseconds = 0,

    /// <summary>10⁻⁶ s.</summary>
    Microseconds = 1,

    /// <summary>10⁻³ s.</summary>
    Milliseconds = 2,

    /// <summary>One second.</summary>
    Seconds = 3,
}
