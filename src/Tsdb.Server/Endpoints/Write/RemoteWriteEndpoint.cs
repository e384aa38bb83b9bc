using System.Text;
using Tsdb.Embedded;
using Tsdb.Ingest.RemoteWrite;
using Tsdb.Server.Configuration;
using Tsdb.Server.Endpoints.Operations;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Write;

/// <summary><c>POST /api/v1/write</c>: Prometheus remote write, 1.0 and 2.0.</summary>
internal sealed class RemoteWriteEndpoint(DatabaseHost host, ServerOptions options, MessageDecoder decoder) : IEndpoint
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/write", HandleAsync)
        .WithMetadata(ErrorForm.RemoteWrite)
        .Documented(
            "Write",
            "Writes Prometheus remote write 1.0 and 2.0",
            "Writes the good series of the message and answers 204 when they are durable. Where series were refused the answer is 400, and its text says " +
            "which, why, and how many samples were written. Bodies are Snappy blocks, or zstd. A sender of 2.0 is told what was written in the headers " +
            "X-Prometheus-Remote-Write-Samples-Written, -Histograms-Written and -Exemplars-Written. Native histograms are kept; exemplars and start timestamps are not.",
            DocumentedParameters.Durability)
        .Takes(DocumentedBody.RemoteWrite);

    private async Task HandleAsync(HttpContext context)
    {
        var request = new RemoteWriteRequest(RemoteWriteHeaders.VersionOf(context.Request), DurabilityParameter.Read(context.Request, options.Write));
        TimeSeriesDatabase database = host.Database;
        using PooledBytes message = await decoder.ReadAsync(context, options.Write.MaxRemoteWriteBytes, Settings.WriteMaxRemoteWriteBytes);
        RemoteWriteReport report = await database.WriteRemoteWriteAsync(message.Memory, request, context.RequestAborted);
        RemoteWriteHeaders.SetWritten(context.Response, report);
        if (report.IsComplete)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(Describe(report), context.RequestAborted);
    }

    // The sentence first: senders log the first line.
    private static string Describe(RemoteWriteReport report)
    {
        var text = new StringBuilder(report.Message).Append('\n');
        foreach (RemoteWriteError error in report.Errors)
        {
            text.Append(error.Series).Append(": ").Append(error.Reason).Append('\n');
        }

        return text.ToString();
    }
}
