namespace Tsdb.Server.Endpoints.Operations;

/// <summary>A parameter as the OpenAPI document shows it.</summary>
/// <param name="Name">Its name in the URL's query or in a form.</param>
/// <param name="Description">What it does, with unit and default.</param>
internal sealed record DocumentedParameter(string Name, string Description)
{
    /// <summary>Whether a request must have it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it may be repeated.</summary>
    public bool IsRepeatable { get; init; }
}

/// <summary>Parameters that several endpoints share.</summary>
internal static class DocumentedParameters
{
    /// <summary>When a write is acknowledged.</summary>
    public static DocumentedParameter Durability { get; } = new(
        "durability", "When the write is acknowledged: always, interval or os. Weaker than the server's setting only where that allows it.");

    /// <summary>A range's start.</summary>
    public static DocumentedParameter Start { get; } = new("start", "Start of the time range: seconds since 1970 with decimals, or RFC 3339. Default: the earliest.");

    /// <summary>A range's end.</summary>
    public static DocumentedParameter End { get; } = new("end", "End of the time range, included: seconds since 1970 with decimals, or RFC 3339. Default: the latest.");

    /// <summary>Selectors that must match.</summary>
    public static DocumentedParameter Match { get; } = new("match[]", "A series selector such as up{job=\"a\"}; several select what any of them does.") { IsRepeatable = true };

    /// <summary>The most results.</summary>
    public static DocumentedParameter Limit { get; } = new("limit", "The most results to return; 0, the default, means all.");

    /// <summary>A query's timeout.</summary>
    public static DocumentedParameter Timeout { get; } = new("timeout", "How long the query may run, such as 30s; can only shorten the setting Query:Timeout.");

    /// <summary>A query's lookback.</summary>
    public static DocumentedParameter Lookback { get; } = new("lookback_delta", "How far back an instant selector looks for a sample, such as 5m. Default: the setting Query:LookbackDelta.");
}
