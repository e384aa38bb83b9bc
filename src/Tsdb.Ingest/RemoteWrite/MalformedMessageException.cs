using Tsdb.Model.Errors;

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>A body is no message of its format: over HTTP this is 400, and sending it again would not help.</summary>
/// <param name="message">What is wrong and where, in a sentence.</param>
public sealed class MalformedMessageException(string message) : TsdbException(message);
