using System.Globalization;
using System.Net.Http.Headers;
using Tsdb.Ingest.RemoteWrite;

namespace Tsdb.Server.Transport;

/// <summary>The headers of remote write: by its content type a request says its version; by three counts 2.0 is told what was written.</summary>
internal static class RemoteWriteHeaders
{
    private const string MediaType = "application/x-protobuf";
    private const string V1Message = "prometheus.WriteRequest";
    private const string V2Message = "io.prometheus.write.v2.Request";

    /// <summary>The version a request speaks; one without a content type speaks 1.0.</summary>
    /// <exception cref="RequestException">Another content type.</exception>
    public static RemoteWriteVersion VersionOf(HttpRequest request) => TryGetVersion(request, out RemoteWriteVersion version)
        ? version
        : throw new RequestException(
            StatusCodes.Status415UnsupportedMediaType,
            $"The Content-Type \"{request.ContentType}\" is not supported; {MediaType} is, with proto={V1Message} (or without) for remote write 1.0, and " +
            $"with proto={V2Message} for 2.0.");

    /// <summary>Tells a sender of 2.0 what was written; one of 1.0 does not expect it.</summary>
    public static void SetWritten(HttpResponse response, RemoteWriteReport report)
    {
        if (!TryGetVersion(response.HttpContext.Request, out RemoteWriteVersion version) || version == RemoteWriteVersion.V1)
        {
            return;
        }

        response.Headers["X-Prometheus-Remote-Write-Samples-Written"] = report.WrittenSamples.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-Prometheus-Remote-Write-Histograms-Written"] = report.WrittenHistograms.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-Prometheus-Remote-Write-Exemplars-Written"] = "0"; // exemplars are not kept
    }

    private static bool TryGetVersion(HttpRequest request, out RemoteWriteVersion version)
    {
        version = RemoteWriteVersion.V1;
        if (string.IsNullOrEmpty(request.ContentType) || request.ContentType == MediaType)
        {
            return true;
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !string.Equals(type.MediaType, MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        string? message = type.Parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, "proto", StringComparison.OrdinalIgnoreCase))?.Value;
        version = message?.Trim('"') == V2Message ? RemoteWriteVersion.V2 : RemoteWriteVersion.V1;
        return message is null || version == RemoteWriteVersion.V2 || message.Trim('"') == V1Message;
    }
}
