using Tsdb.Server.Endpoints.Operations;

namespace Tsdb.Server.Endpoints.Write;

/// <summary><c>GET</c> and <c>HEAD /ping</c>: how Influx clients see whether the server is there.</summary>
internal sealed class PingEndpoint : IEndpoint
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes
        .MapMethods("/ping", Methods, Handle)
        .Documented("Influx", "Answers 204 while the server runs", "The header X-Influxdb-Version names the InfluxDB version whose write API is spoken.");

    private static Task Handle(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers["X-Influxdb-Version"] = InfluxIdentity.Version;
        context.Response.Headers["X-Influxdb-Build"] = "OSS";
        return Task.CompletedTask;
    }
}
