namespace Tsdb.Server.Configuration;

/// <summary>The settings one source gives, by key. A later layer's values replace an earlier one's whole.</summary>
internal sealed class SettingLayer
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.OrdinalIgnoreCase);

    private SettingLayer(Func<string, string> origin) => Origin = origin;

    /// <summary>Where a key's value stands in this source, for messages: "in appsettings.json".</summary>
    public Func<string, string> Origin { get; }

    /// <summary>The keys given, below the section.</summary>
    public IEnumerable<string> Keys => _values.Keys;

    /// <summary>The settings of a JSON file's <c>Tsdb</c> section.</summary>
    /// <exception cref="SettingException">The file is missing though it must exist, or is no JSON.</exception>
    public static SettingLayer OfFile(string path, bool mustExist)
    {
        if (mustExist && !File.Exists(path))
        {
            throw new SettingException($"The configuration file {path} does not exist.");
        }

        try
        {
            IConfiguration file = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(path), optional: !mustExist).Build();
            return OfConfiguration(file, key => $"in {path}, {Setting.Section}:{key}");
        }
        catch (Exception error) when (error is InvalidDataException or FormatException or IOException)
        {
            throw new SettingException($"The configuration file {path} cannot be read: {error.GetBaseException().Message}");
        }
    }

    /// <summary>The settings of the environment variables <c>TSDB__Section__Key</c>.</summary>
    public static SettingLayer OfEnvironment()
    {
        IConfiguration variables = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        return OfConfiguration(variables, key => $"in the environment variable TSDB__{key.Replace(":", "__", StringComparison.Ordinal)}");
    }

    /// <summary>The settings of the command line.</summary>
    public static SettingLayer OfOptions(IEnumerable<(Setting Setting, IReadOnlyList<string> Values)> options)
    {
        var layer = new SettingLayer(_ => "on the command line");
        foreach ((Setting setting, IReadOnlyList<string> values) in options)
        {
            layer._values[setting.Key] = [.. values];
        }

        return layer;
    }

    /// <summary>The values given for a key; false when there are none.</summary>
    public bool TryGet(string key, out IReadOnlyList<string> values)
    {
        bool found = _values.TryGetValue(key, out List<string>? given);
        values = given ?? [];
        return found;
    }

    private static SettingLayer OfConfiguration(IConfiguration configuration, Func<string, string> origin)
    {
        var layer = new SettingLayer(origin);
        foreach ((string key, string? value) in configuration.GetSection(Setting.Section).AsEnumerable(makePathsRelative: true).Reverse())
        {
            if (value is not null && key.Length > 0)
            {
                layer.Add(key, value);
            }
        }

        return layer;
    }

    // An array's items come as Key:0, Key:1.
    private void Add(string key, string value)
    {
        int colon = key.LastIndexOf(':');
        string name = colon > 0 && key.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? key[..colon] : key;
        if (!_values.TryGetValue(name, out List<string>? values))
        {
            _values[name] = values = [];
        }

        values.Add(value);
    }
}
