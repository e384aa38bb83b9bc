namespace Tsdb.Server.Configuration;

/// <summary>Reads settings from layers, the last of which wins, and refuses what is wrong or unknown. Used by one thread, at start.</summary>
internal sealed class SettingReader
{
    private readonly IReadOnlyList<SettingLayer> _layers;

    /// <summary>Reads from layers, weakest first.</summary>
    /// <exception cref="SettingException">A layer has a key that is no setting.</exception>
    public SettingReader(IReadOnlyList<SettingLayer> layers)
    {
        _layers = layers;
        var known = Settings.All.Select(setting => setting.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (SettingLayer layer in layers)
        {
            foreach (string key in layer.Keys.Where(key => !known.Contains(key)))
            {
                string nearest = known.MinBy(name => Distance(name, key))!;
                throw new SettingException($"There is no setting {key} ({layer.Origin(key)}). The nearest name is {nearest}; --help lists all.");
            }
        }
    }

    /// <summary>The value of a setting that is given once.</summary>
    /// <exception cref="SettingException">Its text is not a value, is out of range, or it is given more than once.</exception>
    public T Get<T>(Setting<T> setting)
    {
        (IReadOnlyList<string> values, SettingLayer? layer) = Find(setting);
        return values.Count switch
        {
            0 => setting.Default,
            1 => Parse(setting, values[0], layer!),
            _ => throw new SettingException($"{setting.Key} ({setting.Option}) takes one value, but has {values.Count} ({layer!.Origin(setting.Key)})."),
        };
    }

    /// <summary>The values of a setting that may be given several times.</summary>
    /// <exception cref="SettingException">A text is not a value or is out of range.</exception>
    public IReadOnlyList<T> GetAll<T>(Setting<T> setting)
    {
        (IReadOnlyList<string> values, SettingLayer? layer) = Find(setting);
        return values.Count == 0 ? [setting.Default] : [.. values.Select(text => Parse(setting, text, layer!))];
    }

    private static T Parse<T>(Setting<T> setting, string text, SettingLayer layer) => setting.Parse(text, out T value)
        ? value
        : throw new SettingException($"{setting.Key} ({setting.Option}) is \"{text}\" ({layer.Origin(setting.Key)}), but must be {setting.Range}.");

    private (IReadOnlyList<string> Values, SettingLayer? Layer) Find(Setting setting)
    {
        for (int i = _layers.Count - 1; i >= 0; i--)
        {
            if (_layers[i].TryGet(setting.Key, out IReadOnlyList<string> values))
            {
                return (values, _layers[i]);
            }
        }

        return ([], null);
    }

    // Levenshtein's distance, ignoring case; names are short.
    private static int Distance(string left, string right)
    {
        int[] previous = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int[] current = new int[right.Length + 1];
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int change = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + change);
            }

            previous = current;
        }

        return previous[^1];
    }
}
