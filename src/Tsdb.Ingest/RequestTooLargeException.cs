using Tsdb.Model.Errors;

namespace Tsdb.Ingest;

/// <summary>The body of a write request is larger than allowed; over HTTP this is 413.</summary>
public sealed class RequestTooLargeException : TsdbException
{
    /// <summary>Reports the limit.</summary>
    /// <param name="limitBytes">Most bytes a body may have once decompressed.</param>
    /// <param name="setting">The setting that changes the limit.</param>
    public RequestTooLargeException(long limitBytes, string setting)
        : base($"The request body is larger than the limit of {limitBytes} bytes (setting {setting}).") => LimitBytes = limitBytes;

    /// <summary>Most bytes a body may have.</summary>
    public long LimitBytes { get; }
}
