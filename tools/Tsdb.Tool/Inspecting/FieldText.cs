using System.Globalization;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;

namespace Tsdb.Tool.Inspecting;

/// <summary>Fields of files as text.</summary>
internal static class FieldText
{
    /// <summary>What stands where a field has no value.</summary>
    public const string None = "-";

    /// <summary>A time to the nanosecond, as RFC 3339 has it; zeros at its end are left out.</summary>
    public static string Time(long timestampNs)
    {
        long restNs = timestampNs % Timestamps.NsPerSecond;
        restNs += restNs < 0 ? Timestamps.NsPerSecond : 0;
        string second = Timestamps.ToDateTimeOffset(timestampNs).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return restNs == 0 ? $"{second}Z" : $"{second}.{restNs.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0')}Z";
    }

    /// <summary>A value: the shortest text that gives it back; the staleness marker by its name.</summary>
    public static string Value(double value) => StalenessMarker.Is(value) ? "stale" : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A number.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number.</summary>
    public static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A checksum.</summary>
    public static string Checksum(uint crc) => crc.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>How many there are of something: "1 record", "2 records".</summary>
    public static string Count(long count, string one, string many) => $"{Number(count)} {(count == 1 ? one : many)}";
}
