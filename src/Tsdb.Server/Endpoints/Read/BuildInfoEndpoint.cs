using System.Runtime.InteropServices;
using Tsdb.Server.Endpoints.Operations;
using Tsdb.Server.Json;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Read;

/// <summary><c>/api/v1/status/buildinfo</c>: what clients look at to learn which API they speak to.</summary>
internal sealed class BuildInfoEndpoint : IEndpoint
{
    // Clients switch features on by Prometheus' version, so theirs is what they are told; ours stands beside it.
    private const string PrometheusApiVersion = "3.5.0";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/status/buildinfo", HandleAsync)
        .WithMetadata(ErrorForm.Prometheus)
        .Documented(
            "Status",
            "Tells the version",
            "version is the Prometheus version whose API is spoken, for clients that choose by it; applicationVersion is this server's.");

    private static Task HandleAsync(HttpContext context)
    {
        JsonOutput output = Envelope.Begin(context);
        output.Raw("{\"version\":"u8);
        output.Text(PrometheusApiVersion);
        output.Raw(",\"revision\":"u8);
        output.Text(ProductVersion.Revision);
        output.Raw(",\"branch\":\"\",\"buildUser\":\"\",\"buildDate\":\"\",\"goVersion\":"u8);
        output.Text(RuntimeInformation.FrameworkDescription);
        output.Raw(",\"application\":\"TsdbServer\",\"applicationVersion\":"u8);
        output.Text(ProductVersion.Text);
        output.Raw("}"u8);
        return Envelope.EndAsync(context, output, [], []);
    }
}
