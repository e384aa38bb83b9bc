using Tsdb.Server.Endpoints.Operations;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Admin;

/// <summary><c>POST /api/v1/admin/tsdb/compact</c>: flushes and compacts everything now.</summary>
internal sealed class CompactEndpoint(DatabaseHost host) : IEndpoint
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/admin/tsdb/compact", HandleAsync)
        .WithMetadata(ErrorForm.Prometheus)
        .Documented("Administration", "Flushes and compacts everything now", "Answers 204 when everything in memory is in blocks and the blocks have settled.");

    private async Task HandleAsync(HttpContext context)
    {
        await host.Database.CompactAsync(context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
