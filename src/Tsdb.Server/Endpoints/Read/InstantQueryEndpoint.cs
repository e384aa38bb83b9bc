using Tsdb.Embedded;
using Tsdb.Query;
using Tsdb.Query.Results;
using Tsdb.Query.Syntax;
using Tsdb.Server.Endpoints.Operations;
using Tsdb.Server.Json;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Read;

/// <summary><c>/api/v1/query</c>: a PromQL expression at one time.</summary>
internal sealed class InstantQueryEndpoint(DatabaseHost host, QueryGate gate, TimeProvider time) : IEndpoint
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes
        .MapMethods("/api/v1/query", ReadMethods.GetAndPost, HandleAsync)
        .WithMetadata(ErrorForm.Prometheus)
        .Documented(
            "Query",
            "Evaluates a PromQL expression at one time",
            "Answers in Prometheus' envelope; values are strings, timestamps seconds.",
            new("query", "The PromQL expression.") { IsRequired = true },
            new("time", "The time: seconds since 1970 with decimals, or RFC 3339. Default: now."),
            DocumentedParameters.Timeout,
            DocumentedParameters.Limit,
            DocumentedParameters.Lookback,
            new("stats", "When not empty, the answer says what the query cost."));

    private async Task HandleAsync(HttpContext context)
    {
        RequestParameters parameters = await RequestParameters.ReadAsync(context);
        QueryParameters wanted = QueryRequest.Parameters(parameters);
        long timestampMs = parameters.Time("time", time.GetUtcNow().ToUnixTimeMilliseconds());
        string query = parameters.Find("query") ?? "";
        TimeSeriesDatabase database = host.Readable;
        long start = time.GetTimestamp();
        try
        {
            using QueryResult result = await gate.RunAsync(
                stop => database.Query(query, timestampMs, wanted, stop), wanted.Timeout, context.RequestAborted);
            await QueryResultWriter.WriteAsync(context, result, QueryRequest.WantsStatistics(parameters) ? time.GetElapsedTime(start) : null);
        }
        catch (QuerySyntaxException error)
        {
            throw RequestException.InvalidParameter("query", error.Message);
        }
    }
}
