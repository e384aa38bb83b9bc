namespace Tsdb.Ingest.LineProtocol;

/// <summary>The unit of the timestamps in line protocol, as the <c>precision</c> request parameter names it.</summary>
public enum LineProtocolPrecision : byte
{
    /// <summary>10⁻⁹ s: the default.</summary>
    Nanoseconds = 0,

    /// <summary>10⁻⁶ s.</summary>
    Microseconds = 1,

    /// <summary>10⁻³ s.</summary>
    Milliseconds = 2,

    /// <summary>One second.</summary>
    Seconds = 3,

    /// <summary>60 s; only the v1 endpoint knows it.</summary>
    Minutes = 4,

    /// <summary>3600 s; only the v1 endpoint knows it.</summary>
    Hours = 5,
}
