using System.Globalization;
using Tsdb.Embedded;
using Tsdb.Query;
using Tsdb.Query.Results;
using Tsdb.Query.Syntax;
using Tsdb.Server.Configuration;
using Tsdb.Server.Endpoints.Operations;
using Tsdb.Server.Json;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Read;

/// <summary><c>/api/v1/query_range</c>: a PromQL expression at each step of a time range.</summary>
internal sealed class RangeQueryEndpoint(DatabaseHost host, QueryGate gate, ServerOptions options, TimeProvider time) : IEndpoint
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes
        .MapMethods("/api/v1/query_range", ReadMethods.GetAndPost, HandleAsync)
        .WithMetadata(ErrorForm.Prometheus)
        .Documented(
            "Query",
            "Evaluates a PromQL expression at each step of a time range",
            "Answers in Prometheus' envelope; values are strings, timestamps seconds.",
            new("query", "The PromQL expression.") { IsRequired = true },
            new("start", "The first step: seconds since 1970 with decimals, or RFC 3339.") { IsRequired = true },
            new("end", "The last step lies at or before this time.") { IsRequired = true },
            new("step", "Between steps: a duration such as 30s, or seconds with decimals.") { IsRequired = true },
            DocumentedParameters.Timeout,
            DocumentedParameters.Limit,
            DocumentedParameters.Lookback,
            new("stats", "When not empty, the answer says what the query cost."));

    private async Task HandleAsync(HttpContext context)
    {
        RequestParameters parameters = await RequestParameters.ReadAsync(context);
        QueryParameters wanted = QueryRequest.Parameters(parameters);
        (long startMs, long endMs, long stepMs) = Grid(parameters);
        string query = parameters.Find("query") ?? "";
        TimeSeriesDatabase database = host.Readable;
        long start = time.GetTimestamp();
        try
        {
            using QueryResult result = await gate.RunAsync(
                stop => database.QueryRange(query, startMs, endMs, stepMs, wanted, stop), wanted.Timeout, context.RequestAborted);
            await QueryResultWriter.WriteAsync(context, result, QueryRequest.WantsStatistics(parameters) ? time.GetElapsedTime(start) : null);
        }
        catch (QuerySyntaxException error)
        {
            throw RequestException.InvalidParameter("query", error.Message);
        }
    }

    private (long StartMs, long EndMs, long StepMs) Grid(RequestParameters parameters)
    {
        long startMs = parameters.Time("start");
        long endMs = parameters.Time("end");
        if (endMs < startMs)
        {
            throw RequestException.InvalidParameter("end", "end timestamp must not be before start time");
        }

        long stepMs = (long)parameters.RequiredDuration("step").TotalMilliseconds;
        if (stepMs <= 0)
        {
            throw RequestException.InvalidParameter(
                "step", "zero or negative query resolution step widths are not accepted. Try a positive integer");
        }

        // As unsigned numbers, the difference of any two times fits.
        ulong steps = unchecked((ulong)(endMs - startMs)) / (ulong)stepMs;
        int most = options.Query.MaxPointsPerSeries;
        return steps <= (ulong)most ? (startMs, endMs, stepMs) : throw new RequestException(
            StatusCodes.Status400BadRequest,
            $"exceeded maximum resolution of {most.ToString("N0", CultureInfo.InvariantCulture)} points per timeseries. Try decreasing the query resolution " +
            $"(?step=XX) (setting {Settings.QueryMaxPointsPerSeries.Key})");
    }
}
