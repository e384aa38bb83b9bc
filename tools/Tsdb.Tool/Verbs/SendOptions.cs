using System.CommandLine;
using Tsdb.Tool.Sending;

namespace Tsdb.Tool.Verbs;

/// <summary>The options of the verbs that load a server.</summary>
internal sealed class SendOptions
{
    /// <summary>Adds the options to a verb.</summary>
    public SendOptions(Command command)
    {
        command.Options.Add(To);
        command.Options.Add(Connections);
        command.Options.Add(LinesPerRequest);
    }

    /// <summary>The server.</summary>
    public Option<Uri?> To { get; } =
        ServerOption.Create("--to", "Server to send to, such as http://127.0.0.1:9201, or the full address of a write endpoint");

    /// <summary>Requests in flight.</summary>
    public Option<int> Connections { get; } = Positive("--connections", 4, "Requests in flight at once");

    /// <summary>Lines in a request.</summary>
    public Option<int> LinesPerRequest { get; } = Positive("--lines-per-request", 5000, "Lines in each request");

    /// <summary>An option that takes an integer of 1 or more.</summary>
    public static Option<int> Positive(string name, int byDefault, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => byDefault };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out int value) && value < 1)
            {
                result.AddError($"{name} must be at least 1.");
            }
        });
        return option;
    }

    /// <summary>Connects to the server.</summary>
    public HttpTarget Connect(ParseResult parsed, Uri uri, SendTally tally)
    {
        int connections = parsed.GetValue(Connections);
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = connections };
        return new HttpTarget(new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(5) }, uri, connections, tally, TimeProvider.System);
    }
}
