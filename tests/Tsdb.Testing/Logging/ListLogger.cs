using Microsoft.Extensions.Logging;

namespace Tsdb.Testing.Logging;

/// <summary>A logger that keeps its messages. Safe for concurrent use.</summary>
public sealed class ListLogger : ILogger
{
    private readonly Lock _gate = new();
    private readonly List<(LogLevel Level, string Message)> _messages = [];

    /// <summary>A copy of the messages so far.</summary>
    public IReadOnlyList<(LogLevel Level, string Message)> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        lock (_gate)
        {
            _messages.Add((logLevel, formatter(state, exception)));
        }
    }
}
