using Tsdb.Model.Time;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>The spellings and lengths of <see cref="LineProtocolPrecision"/>.</summary>
public static class LineProtocolPrecisions
{
    /// <summary>What the v1 endpoint accepts, for an error sentence.</summary>
    public const string V1Spellings = "n, ns, u, us, µ, ms, s, m or h";

    /// <summary>What the v2 endpoint accepts, for an error sentence.</summary>
    public const string V2Spellings = "ns, us, ms or s";

    /// <summary>Reads the precision parameter of the v1 endpoint; null and empty mean nanoseconds.</summary>
    /// <returns>False when the spelling is not one of <see cref="V1Spellings"/>.</returns>
    public static bool TryParseV1(string? text, out LineProtocolPrecision precision)
    {
        LineProtocolPrecision? found = text switch
        {
            null or "" or "n" or "ns" => LineProtocolPrecision.Nanoseconds,
            "u" or "us" or "\u00B5" or "\u03BC" or "\u00B5s" or "\u03BCs" => LineProtocolPrecision.Microseconds, // micro sign and Greek mu
            "ms" => LineProtocolPrecision.Milliseconds,
            "s" => LineProtocolPrecision.Seconds,
            "m" => LineProtocolPrecision.Minutes,
            "h" => LineProtocolPrecision.Hours,
            _ => null,
        };
        precision = found.GetValueOrDefault();
        return found is not null;
    }

    /// <summary>Reads the precision parameter of the v2 endpoint; null and empty mean nanoseconds.</summary>
    /// <returns>False when the spelling is not one of <see cref="V2Spellings"/>.</returns>
    public static bool TryParseV2(string? text, out LineProtocolPrecision precision)
    {
        precision = LineProtocolPrecision.Nanoseconds;
        return text is null or "" or "ns" or "us" or "ms" or "s" && TryParseV1(text, out precision);
    }

    /// <summary>Nanoseconds in one unit of <paramref name="precision"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The precision is not one of the enumeration.</exception>
    public static long NsPerUnit(LineProtocolPrecision precision) => precision switch
    {
        LineProtocolPrecision.Nanoseconds => 1,
        LineProtocolPrecision.Microseconds => Timestamps.NsPerMicrosecond,
        LineProtocolPrecision.Milliseconds => Timestamps.NsPerMillisecond,
        LineProtocolPrecision.Seconds => Timestamps.NsPerSecond,
        LineProtocolPrecision.Minutes => 60 * Timestamps.NsPerSecond,
        LineProtocolPrecision.Hours => 3600 * Timestamps.NsPerSecond,
        _ => throw new ArgumentOutOfRangeException(nameof(precision)),
    };
}
