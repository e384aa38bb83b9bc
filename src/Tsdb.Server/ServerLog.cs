namespace Tsdb.Server;

/// <summary>Log messages of the server's start.</summary>
internal static partial class ServerLog
{
    /// <summary>Says where the server listens.</summary>
    [LoggerMessage(3, LogLevel.Information, "TsdbServer {Version} listens on {Urls}")]
    public static partial void Listening(ILogger logger, string urls, string version);
}
