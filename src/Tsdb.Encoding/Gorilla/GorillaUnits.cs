using System.Runtime.CompilerServices;
using Tsdb.Model.Time;

namespace Tsdb.Encoding.Gorilla;

/// <summary>Conversions between nanoseconds and a chunk's time unit, for the hot path: no throwing code, division only by constants.</summary>
internal static class GorillaUnits
{
    private static readonly long[] Factors = [1, Timestamps.NsPerMicrosecond, Timestamps.NsPerMillisecond, Timestamps.NsPerSecond];

    /// <summary>Says whether <paramref name="unit"/> is one of the enumeration; bytes of a file may not be.</summary>
    public static bool IsKnown(TimeUnit unit) => (int)unit < Factors.Length;

    /// <summary>Nanoseconds in one of <paramref name="unit"/>, which must be known.</summary>
    public static long NsPer(TimeUnit unit) => Factors[(int)unit];

    /// <summary>Converts to whole units; false when the timestamp is no multiple of the unit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryConvert(TimeUnit unit, long timestampNs, out long timestamp)
    {
        switch (unit)
        {
            case TimeUnit.Seconds:
                timestamp = timestampNs / Timestamps.NsPerSecond;
                return timestamp * Timestamps.NsPerSecond == timestampNs;
            case TimeUnit.Milliseconds:
                timestamp = timestampNs / Timestamps.NsPerMillisecond;
                return timestamp * Timestamps.NsPerMillisecond == timestampNs;
            case TimeUnit.Microseconds:
                timestamp = timestampNs / Timestamps.NsPerMicrosecond;
                return timestamp * Timestamps.NsPerMicrosecond == timestampNs;
            default:
                timestamp = timestampNs;
                return true;
        }
    }
}
