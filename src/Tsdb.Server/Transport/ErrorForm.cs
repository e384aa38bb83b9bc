using System.Globalization;
using System.Text;
using Tsdb.Ingest.RemoteWrite;
using Tsdb.Server.Json;

namespace Tsdb.Server.Transport;

/// <summary>How an endpoint tells of errors; endpoints carry theirs as metadata. Stateless.</summary>
internal abstract class ErrorForm
{
    /// <summary>Prometheus' envelope: <c>{"status":"error","errorType":"bad_data","error":"…"}</c>.</summary>
    public static ErrorForm Prometheus { get; } = new PrometheusForm();

    /// <summary>InfluxDB 1: <c>{"error":"…"}</c> and the header <c>X-Influxdb-Error</c>.</summary>
    public static ErrorForm InfluxV1 { get; } = new InfluxV1Form();

    /// <summary>InfluxDB 2: <c>{"code":"invalid","message":"…"}</c>.</summary>
    public static ErrorForm InfluxV2 { get; } = new InfluxV2Form();

    /// <summary>The sentence as plain text.</summary>
    public static ErrorForm Plain { get; } = new PlainForm();

    /// <summary>The sentence as plain text; to a sender of remote write 2.0 also that nothing was written.</summary>
    public static ErrorForm RemoteWrite { get; } = new RemoteWriteForm();

    /// <summary>Answers a request with an error.</summary>
    public async Task WriteAsync(HttpContext context, Failure failure)
    {
        HttpResponse response = context.Response;
        response.StatusCode = failure.Status;
        response.ContentType = "application/json";
        if (failure.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        SetHeaders(response, failure);
        var output = new JsonOutput(response.BodyWriter);
        WriteBody(output, failure);
        await output.FlushAsync(context.RequestAborted);
    }

    /// <summary>Text as a header may carry it: printable ASCII, of limited length.</summary>
    internal static string HeaderText(string text)
    {
        const int longest = 512;
        var safe = new StringBuilder(text, 0, Math.Min(text.Length, longest), longest);
        for (int i = 0; i < safe.Length; i++)
        {
            safe[i] = safe[i] is >= ' ' and <= '~' ? safe[i] : '?';
        }

        return safe.ToString();
    }

    /// <summary>InfluxDB 2's code for a status.</summary>
    internal static ReadOnlySpan<byte> InfluxCode(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => "request too large"u8,
        StatusCodes.Status503ServiceUnavailable => "unavailable"u8,
        StatusCodes.Status500InternalServerError => "internal error"u8,
        _ => "invalid"u8,
    };

    private protected virtual void SetHeaders(HttpResponse response, Failure failure)
    {
    }

    private protected abstract void WriteBody(JsonOutput output, Failure failure);

    private sealed class PrometheusForm : ErrorForm
    {
        private protected override void WriteBody(JsonOutput output, Failure failure)
        {
            output.Raw("{\"status\":\"error\",\"errorType\":"u8);
            output.Text(failure.ErrorType);
            output.Raw(",\"error\":"u8);
            output.Text(failure.Message);
            output.Raw("}"u8);
        }
    }

    private sealed class InfluxV1Form : ErrorForm
    {
        private protected override void SetHeaders(HttpResponse response, Failure failure) =>
            response.Headers["X-Influxdb-Error"] = HeaderText(failure.Message);

        private protected override void WriteBody(JsonOutput output, Failure failure)
        {
            output.Raw("{\"error\":"u8);
            output.Text(failure.Message);
            output.Raw("}\n"u8);
        }
    }

    private sealed class InfluxV2Form : ErrorForm
    {
        private protected override void WriteBody(JsonOutput output, Failure failure)
        {
            output.Raw("{\"code\":"u8);
            output.Text(InfluxCode(failure.Status));
            output.Raw(",\"message\":"u8);
            output.Text(failure.Message);
            output.Raw("}"u8);
        }
    }

    private class PlainForm : ErrorForm
    {
        private protected override void SetHeaders(HttpResponse response, Failure failure) => response.ContentType = "text/plain; charset=utf-8";

        private protected override void WriteBody(JsonOutput output, Failure failure)
        {
            output.Raw(System.Text.Encoding.UTF8.GetBytes(failure.Message));
            output.Raw("\n"u8);
        }
    }

    private sealed class RemoteWriteForm : PlainForm
    {
        private protected override void SetHeaders(HttpResponse response, Failure failure)
        {
            base.SetHeaders(response, failure);
            RemoteWriteHeaders.SetWritten(response, new RemoteWriteReport());
        }
    }
}
