using Tsdb.Ingest.LineProtocol;
using Tsdb.Server.Endpoints.Operations;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Write;

/// <summary><c>POST /write</c>: line protocol as InfluxDB 1 takes it.</summary>
internal sealed class InfluxV1WriteEndpoint(LineProtocolReceiver receiver) : IEndpoint
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/write", HandleAsync)
        .WithMetadata(ErrorForm.InfluxV1)
        .Documented(
            "Write",
            "Writes line protocol (InfluxDB 1)",
            "Writes the good lines of the body and answers 204 when they are durable. Where lines were refused the answer is 400, and its JSON says which, " +
            "why, and how many samples were written. Bodies may be gzip or zstd.",
            new("precision", "Unit of the timestamps: n, ns, u, us, µ, ms, s, m or h. Default ns."),
            new("db", "The database; becomes the label db where the setting Write:AddDatabaseLabel says so."),
            new("rp", "Accepted and ignored."),
            new("consistency", "Accepted and ignored."),
            DocumentedParameters.Durability)
        .Takes(DocumentedBody.LineProtocol);

    private async Task HandleAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        string? precision = query["precision"];
        if (!LineProtocolPrecisions.TryParseV1(precision, out LineProtocolPrecision unit))
        {
            throw RequestException.InvalidParameter("precision", $"it is \"{precision}\", but must be {LineProtocolPrecisions.V1Spellings}");
        }

        await PartialWriteAnswer.WriteV1Async(context, await receiver.ReceiveAsync(context, unit, query["db"]));
    }
}
