using System.Globalization;

namespace Tsdb.Server.Configuration;

/// <summary>Makes settings of the types there are: how each is written, parsed and checked.</summary>
internal static class SettingTypes
{
    private static readonly (string Suffix, long Bytes)[] ByteUnits =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("B", 1)];

    /// <summary>A setting that is true or false.</summary>
    public static Setting<bool> Flag(string key, bool defaultValue, string description) =>
        new(key, "true|false", "true or false", defaultValue ? "true" : "false", description)
        {
            Default = defaultValue,
            IsFlag = true,
            Parse = bool.TryParse,
        };

    /// <summary>A whole number of something.</summary>
    public static Setting<long> Count(string key, string unit, long defaultValue, long min, long max, string description) =>
        new(key, "NUMBER", $"{min} to {max} {unit}", Text(defaultValue), description)
        {
            Default = defaultValue,
            Parse = (string text, out long value) =>
                long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= min && value <= max,
        };

    /// <summary>A size in bytes, which may be written with a unit: 64MiB.</summary>
    public static Setting<long> Size(string key, long defaultValue, long min, long max, string description) =>
        new(key, "SIZE", $"{SizeText(min)} to {SizeText(max)}", SizeText(defaultValue), description)
        {
            Default = defaultValue,
            Parse = (string text, out long value) => TryParseSize(text, out value) && value >= min && value <= max,
        };

    /// <summary>A length of time: 90s, 1h30m, 100ms.</summary>
    public static Setting<TimeSpan> Duration(string key, TimeSpan defaultValue, TimeSpan min, TimeSpan max, string description) =>
        new(key, "DURATION", $"{PrometheusDuration.Format(min)} to {PrometheusDuration.Format(max)}", PrometheusDuration.Format(defaultValue), description)
        {
            Default = defaultValue,
            Parse = (string text, out TimeSpan value) => PrometheusDuration.TryParse(text, out value) && value >= min && value <= max,
        };

    /// <summary>A length of time that may also be without end.</summary>
    public static Setting<TimeSpan?> DurationOrForever(string key, TimeSpan min, string description) =>
        new(key, "DURATION", $"at least {PrometheusDuration.Format(min)}, or forever", "forever", description)
        {
            Default = null,
            Parse = (string text, out TimeSpan? value) =>
            {
                bool isForever = text.Equals("forever", StringComparison.OrdinalIgnoreCase);
                bool isDuration = PrometheusDuration.TryParse(text, out TimeSpan span);
                value = isForever ? null : span;
                return isForever || (isDuration && span >= min);
            },
        };

    /// <summary>One of an enumeration's names.</summary>
    public static Setting<T> Choice<T>(string key, T defaultValue, string description)
        where T : struct, Enum
    {
        string names = string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()));
        return new(key, "NAME", $"one of {names}", defaultValue.ToString().ToLowerInvariant(), description)
        {
            Default = defaultValue,
            Parse = (string text, out T value) => Enum.TryParse(text, ignoreCase: true, out value) && !char.IsAsciiDigit(text[0]),
        };
    }

    /// <summary>Text that must not be empty.</summary>
    public static Setting<string> Text(string key, string valueName, string range, string defaultValue, string description) =>
        new(key, valueName, range, defaultValue, description)
        {
            Default = defaultValue,
            Parse = (string text, out string value) =>
            {
                value = text;
                return text.Length > 0;
            },
        };

    /// <summary>A size as one would write it: in the largest unit that divides it.</summary>
    public static string SizeText(long bytes)
    {
        (string suffix, long unit) = ByteUnits.SkipLast(1).Reverse().FirstOrDefault(unit => bytes % unit.Bytes == 0 && bytes > 0, ByteUnits[^1]);
        return Text(bytes / unit) + suffix;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static bool TryParseSize(string text, out long bytes)
    {
        (string suffix, long unit) = ByteUnits.FirstOrDefault(unit => text.EndsWith(unit.Suffix, StringComparison.OrdinalIgnoreCase), ("", 1));
        bool isNumber = long.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long count);
        bytes = isNumber && count <= long.MaxValue / unit ? count * unit : -1;
        return bytes >= 0;
    }
}
