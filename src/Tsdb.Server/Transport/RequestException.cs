namespace Tsdb.Server.Transport;

/// <summary>A request that cannot be served as it stands: a bad parameter, an unknown encoding, a damaged body.</summary>
/// <param name="status">The HTTP status: 400 or 415.</param>
/// <param name="message">Why, in a sentence for a person.</param>
internal sealed class RequestException(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status to answer with.</summary>
    public int Status { get; } = status;

    /// <summary>A parameter with a bad value, worded as Prometheus does.</summary>
    public static RequestException InvalidParameter(string name, string reason) =>
        new(StatusCodes.Status400BadRequest, $"invalid parameter \"{name}\": {reason}");
}
