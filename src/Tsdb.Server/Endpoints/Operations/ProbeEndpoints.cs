using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Operations;

/// <summary><c>/-/healthy</c> and <c>/-/ready</c>: probes for those who start and watch the server.</summary>
internal sealed class ProbeEndpoints(DatabaseHost host) : IEndpoint
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/-/healthy", Methods, Healthy)
            .WithMetadata(ErrorForm.Plain)
            .Documented("Operations", "Answers 200 while the process runs", "For liveness probes.");
        routes.MapMethods("/-/ready", Methods, Ready)
            .WithMetadata(ErrorForm.Plain)
            .Documented("Operations", "Answers 200 once requests are served", "503 with Retry-After until the database is open; the text says how much of the log is replayed. For readiness probes.");
    }

    private static Task Healthy(HttpContext context) => AnswerAsync(context, "TsdbServer is healthy.\n");

    private Task Ready(HttpContext context)
    {
        _ = host.Database; // throws, which is answered with 503, until it is open
        return AnswerAsync(context, "TsdbServer is ready.\n");
    }

    private static Task AnswerAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
