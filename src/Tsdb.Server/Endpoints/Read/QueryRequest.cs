using Tsdb.Query;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Read;

/// <summary>What instant and range queries have in common.</summary>
internal static class QueryRequest
{
    /// <summary>Reads limit, timeout and lookback.</summary>
    /// <exception cref="RequestException">One of them is wrong.</exception>
    public static QueryParameters Parameters(RequestParameters parameters)
    {
        int limit = parameters.Limit();
        TimeSpan? timeout = parameters.Duration("timeout");
        TimeSpan? lookback = parameters.Duration("lookback_delta");
        return new QueryParameters
        {
            Limit = limit == int.MaxValue ? 0 : limit,
            Timeout = timeout < TimeSpan.Zero ? TimeSpan.Zero : timeout,
            Lookback = lookback > TimeSpan.Zero ? lookback : null,
        };
    }

    /// <summary>Whether the answer should say what the query cost.</summary>
    public static bool WantsStatistics(RequestParameters parameters) => parameters.Find("stats") is not null;
}

/// <summary>The methods of the API's reading endpoints.</summary>
internal static class ReadMethods
{
    /// <summary>GET, and POST with a form for what is too long for a URL.</summary>
    public static IEnumerable<string> GetAndPost { get; } = [HttpMethods.Get, HttpMethods.Post];
}
