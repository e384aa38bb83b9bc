using Tsdb.Server.Endpoints.Operations;
using Tsdb.Server.Json;

namespace Tsdb.Server.Endpoints.Write;

/// <summary><c>GET /health</c>: InfluxDB's health document; 503 and <c>fail</c> until the database is open.</summary>
internal sealed class HealthEndpoint(DatabaseHost host) : IEndpoint
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/health", HandleAsync)
        .Documented("Influx", "Says whether the database takes requests", "InfluxDB's health document: status is pass, or fail (503) until the database is open.");

    private Task HandleAsync(HttpContext context)
    {
        bool isReady = host.IsReady;
        context.Response.StatusCode = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        var output = new JsonOutput(context.Response.BodyWriter);
        output.Raw("{\"name\":\"tsdb\",\"message\":"u8);
        output.Raw(isReady ? "\"ready for queries and writes\",\"status\":\"pass\""u8 : "\"the database is being opened\",\"status\":\"fail\""u8);
        output.Raw(",\"checks\":[],\"version\":"u8);
        output.Text(ProductVersion.Text);
        output.Raw(",\"commit\":"u8);
        output.Text(ProductVersion.Revision);
        output.Raw("}"u8);
        return output.FlushAsync(context.RequestAborted).AsTask();
    }
}
