using System.CommandLine;
using System.CommandLine.Parsing;

namespace Tsdb.Server.Configuration;

/// <summary>The program's command line: an option per setting, and <c>--config</c>.</summary>
internal sealed class CommandLine
{
    private readonly RootCommand _root = new(
        "A time series database: Influx line protocol in, PromQL out. Every setting below is also read from appsettings.json and the --config file " +
        "(section Tsdb) and from the environment (TSDB__Section__Key for --section-key); the command line wins.");

    private readonly Option<string> _config = new("--config") { HelpName = "FILE", Description = "A further JSON configuration file, stronger than appsettings.json." };
    private readonly Dictionary<Setting, Option<string[]>> _options = [];

    /// <summary>Builds the options from <see cref="Settings"/>.</summary>
    public CommandLine()
    {
        _root.Options.Add(_config);
        foreach (Setting setting in Settings.All)
        {
            var option = new Option<string[]>(setting.Option)
            {
                HelpName = setting.ValueName,
                Description = $"{setting.Description} [{setting.Key}; {setting.Range}; default {setting.DefaultText}]",
                Arity = setting.IsFlag ? ArgumentArity.ZeroOrOne : ArgumentArity.OneOrMore,
                AllowMultipleArgumentsPerToken = false,
            };
            _options.Add(setting, option);
            _root.Options.Add(option);
        }
    }

    /// <summary>Reads the settings and runs <paramref name="serve"/>, or answers <c>--help</c> and <c>--version</c>, or says what is wrong.</summary>
    /// <returns>The process's exit code: 0, or 1 when the arguments or settings are wrong.</returns>
    public async Task<int> RunAsync(string[] arguments, Func<ServerOptions, string?, Task<int>> serve, TextWriter errors)
    {
        ParseResult result = _root.Parse(arguments);
        if (result.Errors.Count > 0)
        {
            await errors.WriteLineAsync(string.Join(' ', result.Errors.Select(error => error.Message)) + " --help lists all options.");
            return 1;
        }

        _root.SetAction(async (parsed, _) =>
        {
            try
            {
                string? configFile = parsed.GetValue(_config);
                return await serve(ServerOptions.Read(Layers(parsed, configFile)), configFile);
            }
            catch (SettingException error)
            {
                await errors.WriteLineAsync(error.Message);
                return 1;
            }
        });

        // The host answers Ctrl-C and SIGTERM itself, and may need longer for it than the library would wait.
        return await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private List<SettingLayer> Layers(ParseResult parsed, string? configFile)
    {
        List<SettingLayer> layers = [SettingLayer.OfFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), mustExist: false)];
        if (configFile is not null)
        {
            layers.Add(SettingLayer.OfFile(configFile, mustExist: true));
        }

        layers.Add(SettingLayer.OfEnvironment());
        layers.Add(SettingLayer.OfOptions(_options.Where(option => parsed.GetResult(option.Value) is not null)
            .Select(option => (option.Key, Values(option.Key, parsed.GetResult(option.Value)!)))));
        return layers;
    }

    private static IReadOnlyList<string> Values(Setting setting, OptionResult result) =>
        setting.IsFlag && result.Tokens.Count == 0 ? ["true"] : [.. result.Tokens.Select(token => token.Value)];
}
