namespace Tsdb.Server.Endpoints.Operations;

/// <summary>What the OpenAPI document says of an endpoint's parameters and body; metadata of the endpoint.</summary>
/// <param name="Parameters">Its parameters, in the URL's query or, for a POST with a form, in the form.</param>
internal sealed record EndpointDocumentation(IReadOnlyList<DocumentedParameter> Parameters);

/// <summary>What the OpenAPI document says of a body that is no form; metadata of the endpoint.</summary>
/// <param name="Types">Its content types.</param>
/// <param name="Description">What it holds.</param>
/// <param name="Example">An example, where it is text.</param>
internal sealed record DocumentedBody(IReadOnlyList<string> Types, string Description, string? Example = null)
{
    /// <summary>Line protocol.</summary>
    public static DocumentedBody LineProtocol { get; } = new(
        ["text/plain", "application/x-www-form-urlencoded", "application/octet-stream"],
        "Line protocol, whatever the content type says.",
        "cpu,host=a usage=42.5 1700000000000000000\n");

    /// <summary>A message of Prometheus remote write.</summary>
    public static DocumentedBody RemoteWrite { get; } = new(
        ["application/x-protobuf", "application/x-protobuf;proto=io.prometheus.write.v2.Request"],
        "A protobuf message, prometheus.WriteRequest or io.prometheus.write.v2.Request, as a Snappy block or, with Content-Encoding: zstd, as zstd.");
}

/// <summary>Attaches documentation to endpoints.</summary>
internal static class EndpointDocumentationExtensions
{
    /// <summary>Says what an endpoint does and takes.</summary>
    public static IEndpointConventionBuilder Documented(
        this IEndpointConventionBuilder endpoint, string tag, string summary, string description, params DocumentedParameter[] parameters) => endpoint
        .WithTags(tag)
        .WithSummary(summary)
        .WithDescription(description)
        .WithMetadata(new EndpointDocumentation(parameters))
        .Described();

    /// <summary>Says what an endpoint's body is.</summary>
    public static IEndpointConventionBuilder Takes(this IEndpointConventionBuilder endpoint, DocumentedBody body) => endpoint.WithMetadata(body);

    // The document lists endpoints that carry their handler's method, which those that take the whole request do not by themselves.
    private static IEndpointConventionBuilder Described(this IEndpointConventionBuilder endpoint)
    {
        endpoint.Add(builder =>
        {
            if (builder.RequestDelegate is { } handler)
            {
                builder.Metadata.Add(handler.Method);
            }
        });
        return endpoint;
    }
}
