using Tsdb.Ingest;
using Tsdb.Server.Json;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Write;

/// <summary>Answers a line-protocol write: 204, or 400 with what was refused.</summary>
internal static class PartialWriteAnswer
{
    /// <summary>Answers in the form of the client's dialect.</summary>
    public static Task WriteAsync(HttpContext context, InfluxDialect dialect, WriteReport report)
    {
        if (report.IsComplete)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "application/json";
        context.Response.Headers["X-Influxdb-Error"] = ErrorForm.HeaderText(report.Message);
        var output = new JsonOutput(context.Response.BodyWriter);
        output.Raw(dialect.NamesFirstLine ? "{\"code\":\"invalid\",\"message\":"u8 : "{\"error\":"u8);
        output.Text(report.Message);
        if (dialect.NamesFirstLine && report.Errors is [var first, ..])
        {
            output.Raw(",\"line\":"u8);
            output.Integer(first.Line);
        }

        WriteDetails(output, report);
        output.Raw("}\n"u8);
        return output.FlushAsync(context.RequestAborted).AsTask();
    }

    private static void WriteDetails(JsonOutput output, WriteReport report)
    {
        output.Raw(",\"written\":"u8);
        output.Integer(report.WrittenSamples);
        output.Raw(",\"errors\":["u8);
        for (int i = 0; i < report.Errors.Count; i++)
        {
            WriteError error = report.Errors[i];
            output.Raw(i == 0 ? "{\"line\":"u8 : ",{\"line\":"u8);
            output.Integer(error.Line);
            output.Raw(",\"text\":"u8);
            output.Text(error.Text);
            output.Raw(",\"reason\":"u8);
            output.Text(error.Reason);
            output.Raw("}"u8);
        }

        output.Raw("]"u8);
    }
}
