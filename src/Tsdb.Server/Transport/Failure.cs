using Microsoft.AspNetCore.Connections;
using Tsdb.Ingest;
using Tsdb.Ingest.RemoteWrite;
using Tsdb.Model.Errors;
using Tsdb.Query.Errors;
using Tsdb.Query.Syntax;

namespace Tsdb.Server.Transport;

/// <summary>What went wrong with a request, in the terms of an answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ErrorType">Prometheus' word for it: bad_data, execution, timeout, canceled, unavailable, not_found, internal.</param>
/// <param name="Message">A sentence for a person.</param>
/// <param name="RetryAfter">When to try again, where that helps.</param>
internal sealed record Failure(int Status, string ErrorType, string Message, TimeSpan? RetryAfter = null)
{
    /// <summary>Sorts an exception into the answers there are.</summary>
    /// <param name="error">What an endpoint threw.</param>
    /// <param name="clientLeft">True when the client went away, whatever was thrown because of it.</param>
    public static Failure Of(Exception error, bool clientLeft) => error switch
    {
        _ when clientLeft => new(StatusCodes.Status499ClientClosedRequest, "canceled", "The client left before the answer was ready."),
        RequestException request => new(request.Status, "bad_data", request.Message),
        MalformedMessageException => new(StatusCodes.Status400BadRequest, "bad_data", error.Message),
        RequestTooLargeException => new(StatusCodes.Status413PayloadTooLarge, "bad_data", error.Message),
        BadHttpRequestException request => new(request.StatusCode, "bad_data", request.Message),
        QuerySyntaxException => new(StatusCodes.Status400BadRequest, "bad_data", error.Message),
        QueryExecutionException or UnsupportedQueryException or LimitExceededException => new(
            StatusCodes.Status422UnprocessableEntity, "execution", error.Message),
        TimeoutException or QueryTimeoutException => new(StatusCodes.Status503ServiceUnavailable, "timeout", error.Message),
        UnavailableException unavailable => new(
            StatusCodes.Status503ServiceUnavailable, "unavailable", unavailable.Message, unavailable.RetryAfter),
        OperationCanceledException or ConnectionAbortedException => new(
            StatusCodes.Status503ServiceUnavailable, "canceled", "The server is stopping.", TimeSpan.FromSeconds(1)),
        _ => new(StatusCodes.Status500InternalServerError, "internal", error.Message),
    };
}
