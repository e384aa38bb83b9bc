namespace Tsdb.LoadGenerator.Sending;

/// <summary>What to send where.</summary>
internal sealed record SendPlan
{
    /// <summary>The write endpoint, http.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The bodies; owned by the caller.</summary>
    public required BodyFile Bodies { get; init; }

    /// <summary>Further headers, each <c>Name: value</c>.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Connections, each with a thread and one request in flight. At least 1.</summary>
    public int Connections { get; init; } = 1;

    /// <summary>How long to repeat the bodies; zero sends each once.</summary>
    public TimeSpan RepeatFor { get; init; }
}
