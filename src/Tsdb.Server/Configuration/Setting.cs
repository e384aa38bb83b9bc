namespace Tsdb.Server.Configuration;

/// <summary>Describes one setting: its names, what it takes, and what <c>--help</c> says of it. Immutable.</summary>
/// <param name="Key">Its key below <c>Tsdb</c> in a configuration file: <c>Query:Timeout</c>. The other names follow from it.</param>
/// <param name="ValueName">What stands for its value in the help: <c>DURATION</c>.</param>
/// <param name="Range">The allowed values, as the object of "must be".</param>
/// <param name="DefaultText">The default, as one would write it.</param>
/// <param name="Description">What it does, in sentences.</param>
internal abstract record Setting(string Key, string ValueName, string Range, string DefaultText, string Description)
{
    /// <summary>The section all settings live in.</summary>
    public const string Section = "Tsdb";

    /// <summary>True when it may be given several times, every value counting.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>True when the bare option means <c>true</c>.</summary>
    public bool IsFlag { get; init; }

    /// <summary>Its command-line option: <c>--query-timeout</c>. <c>DataDirectory</c> is <c>--data-dir</c> for short.</summary>
    public string Option => Key == "DataDirectory" ? "--data-dir" : "--" + Dashed(Key);

    /// <summary>Its environment variable: <c>TSDB__Query__Timeout</c>.</summary>
    public string Variable => "TSDB__" + Key.Replace(":", "__", StringComparison.Ordinal);

    private static string Dashed(string key)
    {
        var text = new System.Text.StringBuilder(key.Length + 8);
        for (int i = 0; i < key.Length; i++)
        {
            char c = key[i];
            if (c == ':')
            {
                text.Append('-');
                continue;
            }

            if (char.IsAsciiLetterUpper(c) && i > 0 && key[i - 1] != ':')
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}

/// <summary>A setting with its values' type.</summary>
/// <typeparam name="T">The type of its value; of one value where it is repeatable.</typeparam>
internal sealed record Setting<T>(string Key, string ValueName, string Range, string DefaultText, string Description)
    : Setting(Key, ValueName, Range, DefaultText, Description)
{
    /// <summary>The value when it is given nowhere.</summary>
    public required T Default { get; init; }

    /// <summary>Reads a value; false when the text is none, or out of range.</summary>
    public required TryParse Parse { get; init; }

    /// <summary>Reads a value from text.</summary>
    public delegate bool TryParse(string text, out T value);
}
