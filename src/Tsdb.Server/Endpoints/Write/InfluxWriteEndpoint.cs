using Tsdb.Ingest.LineProtocol;
using Tsdb.Server.Endpoints.Operations;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Write;

/// <summary><c>POST /write</c> and <c>POST /api/v2/write</c>: line protocol as InfluxDB 1 and 2 take it.</summary>
internal sealed class InfluxWriteEndpoint(LineProtocolReceiver receiver) : IEndpoint
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, InfluxDialect.V1);
        Map(routes, InfluxDialect.V2);
    }

    private void Map(IEndpointRouteBuilder routes, InfluxDialect dialect) => routes
        .MapPost(dialect.Path, context => HandleAsync(context, dialect))
        .WithMetadata(dialect.Errors)
        .Documented(
            "Write",
            $"Writes line protocol ({dialect.Name})",
            "Writes the good lines of the body and answers 204 when they are durable. Where lines were refused the answer is 400, and its JSON says which, " +
            "why, and how many samples were written. Bodies may be gzip or zstd.",
            dialect.Parameters)
        .Takes(DocumentedBody.LineProtocol);

    private async Task HandleAsync(HttpContext context, InfluxDialect dialect)
    {
        IQueryCollection query = context.Request.Query;
        string? precision = query["precision"];
        if (!dialect.TryParsePrecision(precision, out LineProtocolPrecision unit))
        {
            throw RequestException.InvalidParameter("precision", $"it is \"{precision}\", but must be {dialect.Precisions}");
        }

        await PartialWriteAnswer.WriteAsync(context, dialect, await receiver.ReceiveAsync(context, unit, query[dialect.DatabaseParameter]));
    }
}
