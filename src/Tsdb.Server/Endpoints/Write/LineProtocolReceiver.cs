using Tsdb.Ingest;
using Tsdb.Ingest.LineProtocol;
using Tsdb.Model.Time;
using Tsdb.Server.Configuration;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Write;

/// <summary>Writes the line protocol of a request's body: what both Influx endpoints have in common. Safe for concurrent use.</summary>
internal sealed class LineProtocolReceiver(DatabaseHost host, ServerOptions options, TimeProvider time)
{
    /// <summary>Reads the body, writes its good lines, and completes when they are as durable as asked.</summary>
    /// <param name="context">The request.</param>
    /// <param name="precision">The unit of its timestamps.</param>
    /// <param name="database">The database or bucket it names, if any.</param>
    /// <exception cref="RequestException">A parameter or the encoding is wrong.</exception>
    /// <exception cref="RequestTooLargeException">The body is larger than the setting allows.</exception>
    /// <exception cref="Model.Errors.UnavailableException">The database cannot take writes now.</exception>
    public async Task<WriteReport> ReceiveAsync(HttpContext context, LineProtocolPrecision precision, string? database)
    {
        WriteOptions write = options.Write;
        var request = new LineProtocolRequest
        {
            ReceivedNs = Timestamps.FromDateTimeOffset(time.GetUtcNow()),
            Precision = precision,
            DatabaseLabel = write.AddDatabaseLabel ? database : null,
            Durability = DurabilityParameter.Read(context.Request, write),
            MaxBodyBytes = write.MaxLineProtocolBytes,
            MaxBodySetting = Settings.WriteMaxLineProtocolBytes.Key,
        };
        Embedded.TimeSeriesDatabase open = host.Database;
        await using var body = RequestBody.Open(context, write.MaxLineProtocolBytes, Settings.WriteMaxLineProtocolBytes);
        return await open.WriteLineProtocolAsync(body.Reader, request, context.RequestAborted);
    }
}
