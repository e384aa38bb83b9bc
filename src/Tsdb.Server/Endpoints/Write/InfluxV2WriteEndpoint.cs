using Tsdb.Ingest.LineProtocol;
using Tsdb.Server.Endpoints.Operations;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Write;

/// <summary><c>POST /api/v2/write</c>: line protocol as InfluxDB 2 takes it.</summary>
internal sealed class InfluxV2WriteEndpoint(LineProtocolReceiver receiver) : IEndpoint
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v2/write", HandleAsync)
        .WithMetadata(ErrorForm.InfluxV2)
        .Documented(
            "Write",
            "Writes line protocol (InfluxDB 2)",
            "Writes the good lines of the body and answers 204 when they are durable. Where lines were refused the answer is 400, and its JSON says which, " +
            "why, and how many samples were written. Bodies may be gzip or zstd.",
            new("precision", "Unit of the timestamps: ns, us, ms or s. Default ns."),
            new("org", "Accepted and ignored."),
            new("bucket", "The bucket; becomes the label db where the setting Write:AddDatabaseLabel says so."),
            DocumentedParameters.Durability)
        .Takes(DocumentedBody.LineProtocol);

    private async Task HandleAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        string? precision = query["precision"];
        if (!LineProtocolPrecisions.TryParseV2(precision, out LineProtocolPrecision unit))
        {
            throw RequestException.InvalidParameter("precision", $"it is \"{precision}\", but must be {LineProtocolPrecisions.V2Spellings}");
        }

        await PartialWriteAnswer.WriteV2Async(context, await receiver.ReceiveAsync(context, unit, query["bucket"]));
    }
}
